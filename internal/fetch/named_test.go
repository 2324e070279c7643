package fetch

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
)

// TestNamedLeadsNowhereElse: the service itself is asked at a private address. Whatever it names elsewhere is asked by
// https at public addresses alone, redirects are not followed, and long answers are cut.
func TestNamedLeadsNowhereElse(t *testing.T) {
	var private atomic.Int64
	other := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { private.Add(1) }))
	defer other.Close()
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/redirect":
			http.Redirect(w, r, other.URL, http.StatusFound)
		case "/long":
			_, _ = io.WriteString(w, strings.Repeat("a", 2*namedBytes))
		}
	}))
	defer service.Close()
	c, err := New(DefaultOptions())
	if err != nil {
		t.Fatal(err)
	}
	way, err := c.Named(service.URL + "/realm")
	if err != nil {
		t.Fatal(err)
	}
	defer way.Close()
	for address, ok := range map[string]bool{
		service.URL: true, service.URL + "/redirect": false, other.URL: false, strings.Replace(other.URL, "https", "http", 1): false,
		"https://169.254.169.254/": false, "https://localhost:9/": false,
	} {
		resp, err := way.Client().Get(address)
		if err == nil {
			_ = resp.Body.Close()
		}
		if (err == nil) != ok {
			t.Errorf("%s: %v", address, err)
		}
	}
	if n := private.Load(); n > 0 {
		t.Errorf("another host was asked %d times", n)
	}
	resp, err := way.Client().Get(service.URL + "/long")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if raw, err := io.ReadAll(resp.Body); err != nil || len(raw) != namedBytes {
		t.Errorf("%d bytes, %v", len(raw), err)
	}
	if _, err := c.Named("accounts.example"); err == nil {
		t.Error("a service without a host is taken")
	}
}
