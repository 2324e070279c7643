package handlers

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"newsroom.example/cards/handlers/access"
)

// clocked is a house with a clock, and the answer's status to a path from an address.
func clocked(t *testing.T, h *house) (now *time.Time, get func(path, from string) *http.Response) {
	t.Helper()
	at := noon
	h.deps.Now = func() time.Time { return at }
	handler, err := newService(t, h.deps)
	if err != nil {
		t.Fatal(err)
	}
	return &at, func(path, from string) *http.Response {
		r := request("GET", path, "")
		r.RemoteAddr, r.Host = from, "127.0.0.1:8080"
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		return w.Result()
	}
}

func TestLimits(t *testing.T) {
	const here, neighbour, afar = "198.51.100.7:1", "198.51.100.8:1", "[2001:db8::1]:1"
	for _, tt := range []struct {
		why, path string
		burst     int
		under     int // the status before the limit
		free      string
	}{
		{"unknown codes", "/s/aaaaaaa", access.MissBurst, 404, "/s/abcdefg"},
		{"malformed codes", "/s/a", access.MissBurst, 404, "/s/abcdefg/mail"},
	} {
		now, get := clocked(t, newHouse(t))
		for i := range tt.burst {
			if resp := get(tt.path, here); resp.StatusCode != tt.under {
				t.Fatalf("%s: %d after %d", tt.why, resp.StatusCode, i)
			}
		}
		resp := get(tt.path, neighbour)
		if raw := text(t, resp); resp.StatusCode != 429 || resp.Header.Get("Retry-After") == "" || resp.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %s", tt.why, resp.StatusCode, raw)
		}
		if resp := get(tt.free, here); resp.StatusCode >= 400 {
			t.Errorf("%s: %s is refused too: %d", tt.why, tt.free, resp.StatusCode)
		}
		if resp := get(tt.path, afar); resp.StatusCode != tt.under {
			t.Errorf("%s: another client got %d", tt.why, resp.StatusCode)
		}
		*now = now.Add(time.Second)
		if one, two := get(tt.path, here).StatusCode, get(tt.path, here).StatusCode; one != tt.under || two != 429 {
			t.Errorf("%s: a second later %d, then %d", tt.why, one, two)
		}
	}
}
