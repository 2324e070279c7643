package ghost

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/client"
	"newsroom.example/cards/internal/app/apptest"
)

const storm = "65f0a1b2c3d4e5f6a7b8c9d0"

// fakeGhost has one post, and answers as the Admin API does.
type fakeGhost struct {
	t      *testing.T
	admin  *Admin
	post   map[string]any // nil: deleted
	writes int
	down   bool

	missing string // the body of a 404
}

func (g *fakeGhost) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	issued, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Ghost ")
	if !ok || !g.knows(issued) {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	one := r.URL.Path == "/ghost/api/admin/posts/"+storm+"/"
	switch {
	case g.down:
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	case r.URL.Path == "/ghost/api/admin/posts/" && r.URL.Query().Get("filter") == "status:published":
		_ = json.NewEncoder(w).Encode(map[string]any{"posts": []any{map[string]any{"id": storm}},
			"meta": map[string]any{"pagination": map[string]any{"next": nil}}})
		return
	case !one || g.post == nil:
		w.WriteHeader(http.StatusNotFound)
		_, _ = w.Write([]byte(g.missing))
		return
	case r.Method == http.MethodPut:
		var in struct{ Posts []map[string]string }
		if err := json.NewDecoder(r.Body).Decode(&in); err != nil || len(in.Posts) != 1 || len(in.Posts[0]) != 3 {
			g.t.Errorf("written: %v %v", in, err)
		}
		if in.Posts[0]["updated_at"] != g.post["updated_at"] {
			w.WriteHeader(http.StatusConflict)
			return
		}
		g.writes++
		g.post["og_image"], g.post["twitter_image"] = in.Posts[0]["og_image"], in.Posts[0]["twitter_image"]
		g.post["updated_at"] = time.UnixMilli(int64(g.writes) * 1000).UTC().Format("2006-01-02T15:04:05.000Z")
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"posts": []any{g.post}})
}

// knows reports whether the token is one of the key, issued within the last seconds.
func (g *fakeGhost) knows(token string) bool {
	for ago := range time.Duration(10) {
		if token == g.admin.token(time.Now().Add(-ago*time.Second)) {
			return true
		}
	}
	return false
}

func newReceiver(t *testing.T) (*fakeGhost, *Receiver) {
	t.Helper()
	a := apptest.Start(t, apptest.Config(t))
	service, err := client.New(a.URL, a.Token)
	if err != nil {
		t.Fatal(err)
	}
	g := &fakeGhost{t: t, missing: `{"errors":[{"type":"NotFoundError"}]}`, post: map[string]any{"id": storm, "status": "published", "title": "Storm stalls over the coast",
		"url": "https://paper.example/storm/", "og_image": nil, "twitter_image": nil,
		"updated_at": "2026-03-01T12:00:00.000Z", "published_at": "2026-03-01T11:00:00.000Z",
		"authors": []any{map[string]any{"name": "Kim Ara"}}, "primary_tag": map[string]any{"name": "Weather"}}}
	s := httptest.NewServer(g)
	t.Cleanup(s.Close)
	if g.admin, err = NewAdmin(s.URL, "key1:00ff"); err != nil {
		t.Fatal(err)
	}
	return g, &Receiver{Ghost: g.admin, Service: service, Secret: "s3cret", Site: "The Paper", Log: slog.New(slog.DiscardHandler)}
}

const edited = `{"post":{"current":{"id":"` + storm + `","title":"of the webhook"},"previous":{"title":"before"}}}`

func send(h http.Handler, body, secret string) int {
	now := time.Now()
	req := httptest.NewRequestWithContext(context.Background(), http.MethodPost, "/", strings.NewReader(body))
	req.Header.Set("X-Ghost-Signature", signature(secret, body+strconv.FormatInt(now.UnixMilli(), 10), now))
	w := httptest.NewRecorder()
	h.ServeHTTP(w, req)
	return w.Code
}

func expect(t *testing.T, h http.Handler, body string, want int) {
	t.Helper()
	if got := send(h, body, "s3cret"); got != want {
		t.Fatalf("answered %d, want %d", got, want)
	}
}

func TestReceiverFollowsPost(t *testing.T) {
	g, r := newReceiver(t)
	h := r.Handler()
	expect(t, h, edited, http.StatusNoContent)
	story, err := r.Service.Article(t.Context(), "ghost-"+storm)
	if err != nil || story.Headline != "Storm stalls over the coast" || story.Kicker != "Weather" || story.Site != "The Paper" ||
		len(story.By()) != 1 || story.By()[0].Name != "Kim Ara" {
		t.Fatalf("stored %+v, %v", story, err)
	}
	if g.post["og_image"] != story.Images.OG.URL || g.post["twitter_image"] != story.Images.Twitter.URL || g.writes != 1 {
		t.Fatalf("written %d times: %v", g.writes, g.post)
	}
	expect(t, h, edited, http.StatusNoContent) // the webhook of what was written
	if g.writes != 1 {
		t.Errorf("written %d times", g.writes)
	}
	before := g.post["og_image"]
	g.post["title"], g.post["twitter_image"] = "Storm moves on", "https://paper.example/content/own.jpg"
	expect(t, h, edited, http.StatusNoContent)
	if g.post["og_image"] == before || g.post["twitter_image"] != "https://paper.example/content/own.jpg" {
		t.Errorf("after a change: %v", g.post)
	}
	g.post["status"] = "draft"
	expect(t, h, edited, http.StatusNoContent)
	if _, err := r.Service.Article(t.Context(), "ghost-"+storm); err == nil {
		t.Error("the story of a draft is not withdrawn")
	}
	g.post["status"] = "published"
	expect(t, h, edited, http.StatusNoContent)
	g.post, g.missing = nil, "<h1>no such host</h1>"+g.missing
	expect(t, h, edited, http.StatusServiceUnavailable) // a proxy answered
	g.missing = strings.TrimPrefix(g.missing, "<h1>no such host</h1>")
	deleted := `{"post":{"current":{},"previous":{"id":"` + storm + `"}}}`
	expect(t, h, deleted, http.StatusNoContent)
	expect(t, h, deleted, http.StatusNoContent)
	if _, err := r.Service.Article(t.Context(), "ghost-"+storm); err == nil {
		t.Error("the story of a deleted post is not withdrawn")
	}
}

func TestReceiverRefuses(t *testing.T) {
	g, r := newReceiver(t)
	h := r.Handler()
	if got := send(h, edited, "wrong"); got != http.StatusUnauthorized {
		t.Errorf("wrong secret: %d", got)
	}
	for _, body := range []string{`{`, `{}`, `{"post":{"current":{"id":"../settings"}}}`, `{"page":{"current":{"id":"` + storm + `"}}}`} {
		expect(t, h, body, http.StatusBadRequest)
	}
	expect(t, h, strings.Repeat(" ", maxBody+1), http.StatusRequestEntityTooLarge)
	g.down = true
	expect(t, h, edited, http.StatusServiceUnavailable)
	if g.writes != 0 {
		t.Errorf("written %d times", g.writes)
	}
	g.down = false
	if done, err := r.Sync(t.Context()); done != 1 || err != nil || g.writes != 1 {
		t.Errorf("sync after it: %d, %v, written %d times", done, err, g.writes)
	}
	if done, err := r.Sync(t.Context()); done != 1 || err != nil || g.writes != 1 {
		t.Errorf("second sync: %d, %v, written %d times", done, err, g.writes)
	}
	var err error
	if r.Service, err = client.New("http://127.0.0.1:1", "none"); err != nil {
		t.Fatal(err)
	}
	expect(t, h, edited, http.StatusServiceUnavailable)
	if done, err := r.Sync(t.Context()); done != 0 || err == nil {
		t.Errorf("sync without a service: %d, %v", done, err)
	}
}
