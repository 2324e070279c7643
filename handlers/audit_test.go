package handlers

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"

	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/stories"
)

// TestAuditRoute: an audit answers with the version and the warnings, an empty list if there are none.
func TestAuditRoute(t *testing.T) {
	h := newHouse(t)
	h.articles.byID = func(id string) (store.Record, error) {
		switch id {
		case "gone":
			return store.Record{}, store.ErrGone
		case "storm-1":
			return storm(), nil
		}
		return store.Record{}, store.ErrNotFound
	}
	for _, tt := range []struct {
		target string
		found  []stories.Warning
		status int
		body   string
	}{
		{"/v1/articles/storm-1:audit", nil, 200, `"warnings":[]`},
		{"/v1/articles/storm-1%3Aaudit", []stories.Warning{{Warning: article.Warning{Code: "headline_cut", Field: "headline", Size: "kakao", Message: "m"}}}, 200,
			`"warnings":[{"code":"headline_cut","field":"headline","message":"m","size":"kakao"}]`},
		{"/v1/articles/storm-1:audit", []stories.Warning{{Warning: article.Warning{Code: "gone", Message: "m"}, Err: errors.New("why")}}, 200, `"code":"gone"`},
		{"/v1/articles/gone:audit", nil, 410, "expired"}, {"/v1/articles/unknown:audit", nil, 404, "not_found"},
		{"/v1/articles/:audit", nil, 400, "id"}, {"/v1/articles/a:b:audit", nil, 400, "id"},
		{"/v1/articles/storm-1:audit?dry_run=1", nil, 400, "dry_run"},
	} {
		h.articles.found = tt.found
		resp := h.do(t, authorized("POST", tt.target, ""))
		raw, err := io.ReadAll(resp.Body)
		if err != nil || resp.StatusCode != tt.status || !strings.Contains(string(raw), tt.body) {
			t.Errorf("%s: %d %s", tt.target, resp.StatusCode, raw)
		}
		var got api.Audit
		if tt.status == 200 && (json.Unmarshal(raw, &got) != nil || got.Id != "storm-1" || got.Version != storm().Version || got.Url != storm().Article.URL) {
			t.Errorf("%s: %+v", tt.target, got)
		}
	}
	if resp := h.do(t, request("POST", "/v1/articles/storm-1:audit", "")); resp.StatusCode != 401 {
		t.Errorf("without the token: %d", resp.StatusCode)
	}
}
