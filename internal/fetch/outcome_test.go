package fetch

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"
)

// TestOutcomes: how a fetch ends is told by its reason, which clients do not learn.
func TestOutcomes(t *testing.T) {
	source := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/loop":
			http.Redirect(w, r, r.URL.Path, http.StatusFound)
		case "/404":
			w.WriteHeader(http.StatusNotFound)
		case "/503":
			w.WriteHeader(http.StatusServiceUnavailable)
		default:
			w.Header().Set("Content-Type", "text/html")
		}
	}))
	defer source.Close()
	var mu sync.Mutex
	var got []string
	o := DefaultOptions()
	o.Allow = []string{source.Listener.Addr().String(), "127.0.0.1:1"}
	o.Watch = func(what, outcome string, took time.Duration) {
		mu.Lock()
		defer mu.Unlock()
		got = append(got, what+" "+outcome)
	}
	c, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ url, want string }{
		{source.URL + "/page", fetched}, {source.URL + "/loop", redirected}, {source.URL + "/404", refusedByStatus},
		{source.URL + "/503", failedByStatus}, {"http://10.0.0.1/a", blocked}, {"http://127.0.0.1:1/a", noConnection},
		{"http://photos.internal/a", blocked}, {"http://127.0.0.1:22/a", blocked},
	} {
		got = nil
		_, _ = c.Page(t.Context(), tt.url)
		if want := []string{"document " + tt.want}; !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", tt.url, got, want)
		}
	}
}
