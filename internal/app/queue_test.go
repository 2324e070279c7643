package app

import (
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"newsroom.example/cards/internal/queue"
	"newsroom.example/cards/internal/store/postgres/pgtest"
)

// jobsOf returns the jobs of a kind, the newest first.
func (a *App) jobsOf(t *testing.T, kind string) (all []queue.Listed) {
	t.Helper()
	found, err := a.queue.List(t.Context(), nil, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, j := range found {
		if j.Kind == kind {
			all = append(all, j)
		}
	}
	return all
}

// TestAPhotoComesLater: a story whose photo's source was away gets its photo when the source is back, the third time it
// is asked, and is then drawn in all sizes, once.
func TestAPhotoComesLater(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { photoComesLater(t, config(t)) })
	t.Run("postgres", func(t *testing.T) {
		c := config(t)
		c.Database = pgtest.Shared(t).Database(t)
		photoComesLater(t, c)
	})
}

func photoComesLater(t *testing.T, c Config) {
	var away atomic.Bool
	away.Store(true)
	source := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if away.Load() {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		_, _ = w.Write([]byte(pngOf(t, 0)))
	}))
	defer source.Close()
	c.PhotoAllow = []string{source.Listener.Addr().String()}
	c.DrawAhead = true
	a := serve(t, c)
	resp, body := a.ask(t, "PUT", "/v1/articles/storm", `{"url":"https://news.example/storm","headline":"Storm","photo":{"url":"`+source.URL+`/a.png?sig=secret"}}`)
	if resp.StatusCode != 201 || between(t, body, `"code":"source_`, `"`) != "unavailable" {
		t.Fatalf("%d %s", resp.StatusCode, body)
	}
	before := between(t, body, `"version":"`, `"`)
	waiting := a.jobsOf(t, "photo")
	if len(waiting) != 1 || waiting[0].State != "scheduled" || waiting[0].Version != before || len(a.jobsOf(t, "draw")) != 0 {
		t.Fatalf("%+v", waiting)
	}
	for try := 1; try <= 3; try++ {
		away.Store(try < 3)
		if _, err := a.queue.Retry(t.Context(), waiting[0].ID); err != nil { // not to wait for its time
			t.Fatal(err)
		}
		want := map[bool]string{true: "retryable", false: "completed"}[try < 3]
		until(t, "the photo is asked for", func() bool {
			j := a.jobsOf(t, "photo")[0]
			return j.Attempt == try && j.State == want
		})
	}
	if j := a.jobsOf(t, "photo")[0]; j.LastError != "source_unavailable: the address could not be fetched" {
		t.Errorf("%+v", j)
	}
	_, body = a.ask(t, "GET", "/v1/articles/storm", "")
	after := between(t, body, `"version":"`, `"`)
	if after == before {
		t.Error("there is no photo")
	}
	until(t, "its cards are drawn", func() bool {
		drawn := a.jobsOf(t, "draw")
		return len(drawn) == 1 && drawn[0].State == "completed" && drawn[0].Version == after
	})
	if resp, _ := a.ask(t, "GET", a.cardOf(t, body), ""); resp.StatusCode != 200 || resp.Header.Get("X-Card-Degraded") != "" {
		t.Errorf("the card: %d %v", resp.StatusCode, resp.Header)
	}
	if len(a.jobsOf(t, "photo")) != 1 {
		t.Error("it is asked for again")
	}
}
