package fetch

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// TestPages lists what a page's host may do, and what comes of it.
func TestPages(t *testing.T) {
	gone := make(chan struct{})
	mux := http.NewServeMux()
	html := func(path string, then func(http.ResponseWriter)) {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			then(w)
		})
	}
	html("/fine", func(w http.ResponseWriter) { _, _ = w.Write([]byte("<title>A</title>")) })
	html("/long", func(w http.ResponseWriter) {
		_, _ = w.Write([]byte("<title>A</title>" + strings.Repeat(" ", 2*MaxPage)))
	})
	html("/missing", func(w http.ResponseWriter) { w.WriteHeader(http.StatusNotFound) })
	html("/silent", func(w http.ResponseWriter) {
		w.(http.Flusher).Flush()
		<-gone
	})
	mux.Handle("/moved", http.RedirectHandler("/fine", http.StatusFound))
	mux.Handle("/away", http.RedirectHandler("http://192.168.0.1/", http.StatusFound))
	mux.HandleFunc("/json", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte("{}"))
	})
	srv := httptest.NewServer(mux)
	defer srv.Close()
	defer close(gone)
	o := patient()
	o.Timeout = 700 * time.Millisecond
	f := newClient(t, o)
	for path, want := range map[string]error{
		"/fine": nil, "/long": nil, "/moved": nil, "/missing": ErrUnavailable, "/json": ErrUnavailable,
		"/away": ErrUnavailable, "/silent": ErrTimeout,
	} {
		p, err := f.Page(t.Context(), srv.URL+path)
		if want != nil {
			if !errors.Is(err, want) {
				t.Errorf("%s: %v", path, err)
			}
			continue
		}
		if err != nil || !strings.HasPrefix(string(p.Data), "<title>A") || len(p.Data) > MaxPage ||
			p.Type != "text/html; charset=utf-8" {
			t.Errorf("%s: %d bytes of %q, %v", path, len(p.Data), p.Type, err)
		}
		if path == "/moved" && p.URL != srv.URL+"/fine" {
			t.Errorf("moved to %s", p.URL)
		}
	}
	for _, raw := range []string{
		"ftp://a.example/", "http://a@127.0.0.1/", "http://localhost/", "http://169.254.169.254/", "http://10.0.0.1/",
	} {
		strict := DefaultOptions()
		strict.Timeout = time.Second
		if _, err := newClient(t, strict).Page(t.Context(), raw); !errors.Is(err, ErrUnavailable) {
			t.Errorf("%s: %v", raw, err)
		}
	}
}
