package fetch

import (
	"bytes"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// TestSitemaps: what may be a sitemap is read, up to MaxList bytes, under the rules of pages; a page is none.
func TestSitemaps(t *testing.T) {
	mux := http.NewServeMux()
	serve := func(path, media string, data []byte) {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", media)
			_, _ = w.Write(data)
		})
	}
	serve("/map.xml", "text/xml; charset=UTF-8", []byte("<urlset/>"))
	serve("/map.xml.gz", "application/x-gzip", []byte("\x1f\x8b"))
	serve("/long.xml", "application/xml", bytes.Repeat([]byte{' '}, MaxList+1))
	serve("/page", "text/html", []byte("<html>"))
	mux.Handle("/away", http.RedirectHandler("http://192.168.0.1/map.xml", http.StatusFound))
	srv := httptest.NewServer(mux)
	defer srv.Close()
	o := patient()
	o.Timeout = 20 * time.Second // for 16 MiB on a slow machine
	f := newClient(t, o)
	for path, want := range map[string]int{"/map.xml": 9, "/map.xml.gz": 2, "/long.xml": MaxList} {
		if got, err := f.List(t.Context(), srv.URL+path); err != nil || len(got.Data) != want {
			t.Errorf("%s: %d bytes, %v", path, len(got.Data), err)
		}
	}
	for _, path := range []string{"/page", "/away", "/none"} {
		if got, err := f.List(t.Context(), srv.URL+path); !errors.Is(err, ErrUnavailable) {
			t.Errorf("%s: %d bytes, %v", path, len(got.Data), err)
		}
	}
}
