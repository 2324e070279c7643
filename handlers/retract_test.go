package handlers

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/journal"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/stories"
)

// corrected is a house with a story whose current version replaced and retracted an earlier one.
func corrected(t *testing.T) *house {
	h := newHouse(t)
	now, before := storm(), storm()
	before.Version, before.Updated = "before", noon.Add(-time.Hour)
	now.Updated, now.Article.Past = noon, article.Past{Retracted: noon}
	h.articles.byID = func(string) (store.Record, error) { return now, nil }
	h.articles.past = []store.Period{{Record: now, Number: 3}, {Record: before, Number: 2}, {Record: before, Number: 1}}
	h.articles.PutFn = func(article.Article, stories.PutOptions) (stories.Result, error) {
		return stories.Result{Record: now, Replaced: "before"}, nil
	}
	return h
}

// answered decodes the answer of a change.
func answered(t *testing.T, resp *http.Response) (got api.RegisteredArticle) {
	t.Helper()
	raw := text(t, resp)
	if err := json.Unmarshal([]byte(raw), &got); err != nil || resp.StatusCode > 299 {
		t.Fatalf("%d %s", resp.StatusCode, raw)
	}
	return got
}

// TestRetractions: the answer of a retraction says who may still hold which pictures.
func TestRetractions(t *testing.T) {
	for _, tt := range []struct {
		method, target, body string
		retracts             bool
		action               journal.Action
	}{
		{"PUT", "/v1/articles/storm-1?retract=1", `{"url":"https://news.example/storm","headline":"A"}`, true, journal.Put},
		{"PATCH", "/v1/articles/storm-1?retract=1", `{"headline":"A"}`, true, journal.Patch},
		{"POST", "/v1/articles/storm-1:retract", "", true, journal.Retract},
		{"PUT", "/v1/articles/storm-1", `{"url":"https://news.example/storm","headline":"A"}`, false, journal.Put},
		{"PUT", "/v1/articles/storm-1?retract=1&dry_run=1", `{"url":"https://news.example/storm","headline":"A"}`, false, journal.Put},
	} {
		h := corrected(t)
		var entry journal.Entry
		h.articles.changing = func(ctx context.Context) { entry, _ = journal.Of(ctx, noon) }
		got := answered(t, h.do(t, request(tt.method, tt.target, tt.body, "Authorization", "Bearer "+token, "Content-Type", "application/json")))
		if entry.Action != tt.action {
			t.Errorf("%s %s: entered as %s", tt.method, tt.target, entry.Action)
		}
		if tt.retracts != (len(got.StillHeld) > 0) {
			t.Errorf("%s %s: still held by %v", tt.method, tt.target, got.StillHeld)
		}
		if !tt.retracts {
			continue
		}
		if at := got.StillHeld[0].Addresses; len(at) != 6 || !slices.Contains(at, "https://cards.example/cards/storm-1/before/og.jpg") || got.StillHeld[0].More != 0 {
			t.Errorf("%s %s: %+v", tt.method, tt.target, got.StillHeld[0])
		}
	}
}

// TestRefetch: the answer of a change says where each network is asked to read the story again, but not before readers
// may see it.
func TestRefetch(t *testing.T) {
	h := corrected(t)
	put := func() api.RegisteredArticle {
		t.Helper()
		return answered(t, h.do(t, authorized("PUT", "/v1/articles/storm-1", `{"url":"https://news.example/storm","headline":"A"}`)))
	}
	tools := map[string]string{}
	for _, n := range put().Refetch {
		if n.How == "" {
			t.Errorf("%s: nothing is said", n.Network)
		}
		name, _, _ := strings.Cut(n.Network, ",")
		tools[name] = n.Tool
	}
	for name, want := range map[string]string{
		"Facebook":  "https://developers.facebook.com/tools/debug/?q=https%3A%2F%2Fnews.example%2Fstorm",
		"LinkedIn":  "https://www.linkedin.com/post-inspector/inspect/https:%2F%2Fnews.example%2Fstorm",
		"KakaoTalk": "https://developers.kakao.com/tool/debugger/sharing", "Telegram": "https://t.me/WebpageBot", "X": "", "Mastodon": "",
	} {
		if got, ok := tools[name]; !ok || got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	secret := storm()
	secret.Article.EmbargoUntil = noon.Add(time.Hour)
	for why, r := range map[string]stories.Result{"a new story": {Record: storm()}, "under embargo": {Record: secret, Replaced: "before"}} {
		h.articles.PutFn = func(article.Article, stories.PutOptions) (stories.Result, error) { return r, nil }
		if got := put(); len(got.Refetch) > 0 {
			t.Errorf("%s: %v", why, got.Refetch)
		}
	}
}

// TestLatestVersion: pictures of earlier versions say where the current one is, also when they are repeated or unchanged.
func TestLatestVersion(t *testing.T) {
	h := newHouse(t)
	h.pictures.kept = []byte("0123456789")
	for _, latest := range []string{"", "now"} {
		h.articles.latest = latest
		service, err := newService(t, h.deps)
		if err != nil {
			t.Fatal(err)
		}
		for _, headers := range [][]string{nil, nil, {"If-None-Match", "*"}, {"Range", "bytes=0-1"}} {
			w := httptest.NewRecorder()
			service.ServeHTTP(w, request("GET", "/cards/storm-1/v/og.jpg", "", headers...))
			want := ""
			if latest != "" {
				want = `<https://cards.example/cards/storm-1/now/og.jpg>; rel="latest-version"`
			}
			if got := w.Header().Get("Link"); got != want || w.Code > 304 {
				t.Errorf("%v: %d %q, want %q", headers, w.Code, got, want)
			}
		}
	}
}
