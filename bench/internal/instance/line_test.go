package instance

import (
	"bytes"
	"errors"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// TestFetch: Fetch returns complete bodies and headers and reuses connections. A status other than 200 and a body
// shorter than its Content-Length are errors.
func TestFetch(t *testing.T) {
	large := bytes.Repeat([]byte("0123456789"), 30_000)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /told", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", strconv.Itoa(len(large)))
		w.Header().Set("X-From", r.RemoteAddr+" "+r.Header.Get("Authorization")+" "+r.URL.RawQuery)
		_, _ = w.Write(large)
	})
	mux.HandleFunc("GET /chunked", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write(large[:100_000])
		w.(http.Flusher).Flush()
		_, _ = w.Write(large[100_000:])
	})
	mux.HandleFunc("GET /last", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Connection", "close") })
	mux.HandleFunc("GET /short", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "10")
		_, _ = w.Write([]byte("half"))
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	s := &Service{Base: server.URL, Token: "token", Client: client()}

	first := fetched(t, s, "/told?a=1", large).Get("X-From")
	fetched(t, s, "/chunked", large)
	if again := fetched(t, s, "/told?a=1", large).Get("X-From"); again != first || !strings.HasSuffix(first, " Bearer token a=1") {
		t.Errorf("from %q, then from %q", first, again)
	}
	fetched(t, s, "/last", nil)
	if next := fetched(t, s, "/told?a=1", large).Get("X-From"); next == first {
		t.Error("a connection that was to be closed served again")
	}
	var status *StatusError
	if _, _, err := s.Fetch(t.Context(), "/missing"); !errors.As(err, &status) || status.Status != http.StatusNotFound {
		t.Errorf("what is missing: %v", err)
	}
	if _, _, err := s.Fetch(t.Context(), "/short"); err == nil {
		t.Error("half an answer is none")
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() { fetched(t, s, "/told", large) })
	}
	wg.Wait()
}

func fetched(t *testing.T, s *Service, address string, want []byte) http.Header {
	t.Helper()
	data, header, err := s.Fetch(t.Context(), address)
	if err != nil || !bytes.Equal(data, want) {
		t.Errorf("%s: %d bytes, %v", address, len(data), err)
	}
	return header
}
