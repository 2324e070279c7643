package handlers

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/fetch"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/stories"
)

// stored is a store's answer to a PUT.
func stored(a article.Article) (stories.Result, error) {
	a, err := a.Normalize()
	return stories.Result{Record: store.Record{Article: a, Version: a.Version(""), Code: "abcdefg", Revision: 1}, Created: a.ID != "known"}, err
}

// batch sends a batch and returns its results.
func batch(t *testing.T, h *house, query, body string) (status int, results []api.BatchResult, raw string) {
	t.Helper()
	resp := h.do(t, authorized("POST", "/v1/articles:batch"+query, body))
	raw = text(t, resp)
	var answered api.BatchResults
	if err := json.Unmarshal([]byte(raw), &answered); err != nil {
		t.Fatalf("%v: %s", err, raw)
	}
	if resp.StatusCode == 200 && resp.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%v", resp.Header)
	}
	return resp.StatusCode, answered.Results, raw
}

// member is an article of a batch.
func member(id string) string {
	return fmt.Sprintf(`{"id":%q,"url":"https://news.example/%s","headline":"A"}`, id, id)
}

// TestBatch: one result for each article, in order, whatever happens to the others.
func TestBatch(t *testing.T) {
	h := newHouse(t)
	var mu sync.Mutex
	asked := map[string]stories.PutOptions{}
	h.articles.PutFn = func(a article.Article, o stories.PutOptions) (stories.Result, error) {
		mu.Lock()
		asked[a.ID] = o
		mu.Unlock()
		switch a.ID {
		case "slow":
			time.Sleep(20 * time.Millisecond) // it ends after those that come after it
		case "photo":
			return stories.Result{}, fmt.Errorf("photo: %w", fetch.ErrUnavailable)
		case "stale":
			return stories.Result{}, fault.Public(fault.Stale, "stale", "updated_at is older")
		case "panic":
			panic("the secret of the house")
		case "broken":
			return stories.Result{}, fmt.Errorf("the secret of the house")
		case "warned":
			r, err := stored(a)
			r.Warnings = []stories.Warning{{Warning: article.Warning{Code: "no_credit", Message: "m"}}}
			return r, err
		}
		return stored(a)
	}
	status, results, raw := batch(t, h, "?strict=1&force=1", `{"articles":[`+strings.Join([]string{
		member("slow"), member("known"), member("photo"), `{"id":"invalid","url":"ftp://a","colour":"red"}`, member("slow"), member("a~b"),
		`{"url":"https://news.example/a","headline":"A"}`, `[]`, member("stale"), member("panic"), member("broken"), member("warned"),
		`{"id":"large","url":"https://news.example/a","headline":"` + strings.Repeat("a", maxJSON) + `"}`,
		`{"id":"twice","id":"thrice","url":"https://news.example/a","headline":"A"}`, `{"id":"photo.focal","url":"https://news.example/a","headline":"A","photo":{"focal":[1]}}`,
	}, ",")+`]}`)
	want := []struct {
		id     string
		status int
		code   string
		field  string
	}{
		{"slow", 201, "", ""}, {"known", 200, "", ""}, {"photo", 422, "source_unavailable", "photo.url"}, {"invalid", 400, "invalid_request", "colour"},
		{"slow", 400, "invalid_request", "id"}, {"a~b", 400, "invalid_request", "id"}, {"", 400, "invalid_request", "id"}, {"", 400, "invalid_request", "body"},
		{"stale", 409, "stale", ""}, {"panic", 500, "internal", ""}, {"broken", 500, "internal", ""}, {"warned", 201, "", ""},
		{"", 413, "too_large", ""}, {"", 400, "invalid_request", "id"}, {"photo.focal", 400, "invalid_request", "photo.focal"},
	}
	if status != 200 || len(results) != len(want) {
		t.Fatalf("%d, %d results: %s", status, len(results), raw)
	}
	for i, w := range want {
		r := results[i]
		if r.Status != w.status || r.Error.Code != w.code || r.Error.Field != w.field || w.id != "" && r.Id != w.id {
			t.Errorf("%d: %s %d %s %q, want %+v", i, r.Id, r.Status, r.Error.Code, r.Error.Field, w)
		}
		if (w.code == "") != (r.Article.Id == w.id && r.Article.Version != "" && r.Article.MetaHtml != "") || (w.code == "") == (r.Error.RequestId != "") {
			t.Errorf("%d: %+v", i, r)
		}
	}
	if len(results[3].Error.Details) != 3 || !strings.Contains(results[4].Error.Message, "articles[0]") || len(results[11].Article.Warnings) != 1 {
		t.Errorf("%s", raw)
	}
	if strings.Contains(raw, "secret") {
		t.Error("too much is told")
	}
	if o := asked["known"]; !o.Strict || !o.Force || !o.Background || o.DryRun {
		t.Errorf("%+v", o)
	}
	if _, results, _ := batch(t, h, "?dry_run=1", `{"articles":[`+member("new")+`]}`); results[0].Status != 200 || !asked["new"].DryRun {
		t.Errorf("a dry run: %+v", results)
	}
}

// TestBatchRefusals: what is wrong with the whole.
func TestBatchRefusals(t *testing.T) {
	h := newHouse(t)
	h.articles.PutFn = func(a article.Article, _ stories.PutOptions) (stories.Result, error) { return stored(a) }
	members := func(n int) string {
		all := make([]string, n)
		for i := range all {
			all[i] = member(fmt.Sprint(i))
		}
		return `{"articles":[` + strings.Join(all, ",") + `]}`
	}
	space := func(n int) string { return `{"articles":[]` + strings.Repeat(" ", n-len(`{"articles":[]}`)) + "}" }
	const most = 2 << 20
	for _, tt := range []struct {
		query, body string
		status      int
		says        string
	}{
		{"", members(100), 200, `"id":"99"`}, {"", members(101), 400, "has 101 entries; at most 100"}, {"", `{"articles":[]}`, 200, `{"results":[]}`},
		{"", `{}`, 400, "articles is required"}, {"", `{"articles":null}`, 400, "articles is required"}, {"", `{"articles":{}}`, 400, "articles must be a list"},
		{"", `{"articles":[],"x":1}`, 400, "x is not known here"}, {"", `[]`, 400, "body must be a JSON object"}, {"", ``, 400, "body"},
		{"", `{"articles":[]}x`, 400, "goes on"}, {"?fields=id", `{"articles":[]}`, 400, "fields is not known here"}, {"?strict=2", `{"articles":[]}`, 400, "strict"},
		{"", space(most), 200, `{"results":[]}`}, {"", space(most + 1), 413, "larger than 2097152 bytes"},
		{"?dry_run", `{"articles":[]}`, 400, "dry_run must be 0 or 1"}, {"?dry_run=", `{"articles":[]}`, 400, "dry_run must be 0 or 1"},
	} {
		status, _, raw := batch(t, h, tt.query, tt.body)
		if status != tt.status || !strings.Contains(raw, tt.says) {
			t.Errorf("%s %.40s: %d %.300s", tt.query, tt.body, status, raw)
		}
	}
	for _, name := range []string{"If-Match", "If-None-Match"} {
		resp := h.do(t, request("POST", "/v1/articles:batch", members(1), "Authorization", "Bearer "+token, name, "*"))
		if raw := text(t, resp); resp.StatusCode != 400 || !strings.Contains(raw, `"field":"`+name+`"`) {
			t.Errorf("%s: %d %s", name, resp.StatusCode, raw)
		}
	}
}

// putting stands for the articles of a house whose PUTs take a time.
type putting struct {
	*fakeArticles

	takes     time.Duration
	now, most atomic.Int64
}

func (p *putting) Put(ctx context.Context, a article.Article, _ stories.PutOptions) (stories.Result, error) {
	if n := p.now.Add(1); n > p.most.Load() {
		p.most.Store(n)
	}
	defer p.now.Add(-1)
	select {
	case <-time.After(p.takes):
		return stored(a)
	case <-ctx.Done():
		return stories.Result{}, ctx.Err()
	}
}

// TestBatchesAreBounded: all batches together put four articles at a time, and an article for which no time is left is
// said to be so, as is a batch.
func TestBatchesAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		slow := &putting{fakeArticles: h.articles, takes: 3 * time.Second}
		h.deps.Articles = slow
		service, err := New(h.deps)
		if err != nil {
			t.Fatal(err)
		}
		members := make([]string, 10)
		for i := range members {
			members[i] = member(fmt.Sprint(i))
		}
		body := `{"articles":[` + strings.Join(members, ",") + `]}`
		began := time.Now()
		var all sync.WaitGroup
		var put, left, refused atomic.Int64
		for range 3 {
			all.Go(func() {
				w := httptest.NewRecorder()
				service.ServeHTTP(w, authorized("POST", "/v1/articles:batch", body))
				if w.Code == http.StatusServiceUnavailable && strings.Contains(w.Body.String(), "one after the other") {
					refused.Add(1)
					return
				}
				var answered api.BatchResults
				if err := json.Unmarshal(w.Body.Bytes(), &answered); err != nil || len(answered.Results) != len(members) {
					t.Errorf("%v: %s", err, w.Body)
				}
				for _, r := range answered.Results {
					switch {
					case r.Status == 201:
						put.Add(1)
					case r.Status == 503 && r.Error.Code == "overloaded" && strings.Contains(r.Error.Message, "send it again"):
						left.Add(1)
					default:
						t.Errorf("%+v", r)
					}
				}
			})
		}
		all.Wait()
		// Four at a time take three seconds: twelve are put in the ten seconds that a batch has.
		if slow.most.Load() != 4 || put.Load() != 12 || left.Load() != 8 || refused.Load() != 1 {
			t.Errorf("%d at a time, %d put, %d left, %d batches refused", slow.most.Load(), put.Load(), left.Load(), refused.Load())
		}
		if took := time.Since(began); took > 11*time.Second {
			t.Errorf("took %v", took)
		}
	})
}
