package handlers

import (
	"encoding/json"
	"net/http/httptest"
	"testing"

	"newsroom.example/cards/internal/api"
)

// TestWaiting: a service that waits for its database is alive, and serves nothing else.
func TestWaiting(t *testing.T) {
	for _, tt := range []struct {
		method, path string
		status       int
	}{
		{"GET", "/healthz", 200}, {"HEAD", "/healthz", 200}, {"POST", "/healthz", 503}, {"GET", "/readyz", 503},
		{"GET", "/s/abcdefg", 503}, {"PUT", "/v1/articles/a", 503}, {"GET", "/", 503},
	} {
		w := httptest.NewRecorder()
		Waiting().ServeHTTP(w, httptest.NewRequest(tt.method, tt.path, nil))
		if w.Code != tt.status || w.Header().Get("Cache-Control") != "no-store" || w.Header().Get("X-Request-ID") == "" {
			t.Errorf("%s %s: %d, %v", tt.method, tt.path, w.Code, w.Header())
		}
		if tt.status == 200 {
			continue
		}
		var body api.Error
		if err := json.Unmarshal(w.Body.Bytes(), &body); err != nil || body.Error.Code != "overloaded" ||
			w.Header().Get("Retry-After") != "1" {
			t.Errorf("%s %s: %s, %v", tt.method, tt.path, w.Body, err)
		}
	}
}
