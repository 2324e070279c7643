package fetch

import (
	"bytes"
	"compress/gzip"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/scene"
)

func gzipped(t *testing.T, data []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	if _, err := z.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestEncodedBodies: a body that is compressed with gzip is inflated, within the limit of bytes, and so is that of a
// page. A proxy's 203 is an answer.
func TestEncodedBodies(t *testing.T) {
	photo, page := scene.JPEG(scene.Noise(90, 60)), []byte("<!doctype html><title>Storm</title>")
	packed := gzipped(t, photo)
	zeros := gzipped(t, append(append([]byte{}, photo...), make([]byte, 2<<20)...))
	empty := append(packed[:10:10], bytes.Repeat([]byte{0, 0, 0, 0xff, 0xff}, 300<<10)...) // blocks without a byte
	mux := http.NewServeMux()
	serve := func(path, coding, kind string, status int, body []byte) {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", coding)
			w.Header().Set("Content-Type", kind)
			w.WriteHeader(status)
			_, _ = w.Write(body)
		})
	}
	serve("/gzip", "gzip", "image/jpeg", 200, packed)
	serve("/x-gzip", " X-GZIP", "image/jpeg", 203, packed)
	serve("/not", "gzip", "image/jpeg", 200, photo)
	serve("/short", "gzip", "image/jpeg", 200, packed[:len(packed)*9/10])
	serve("/large", "gzip", "image/jpeg", 200, zeros)
	serve("/empty", "gzip", "image/jpeg", 200, empty)
	serve("/page", "gzip", "text/html", 203, gzipped(t, page))
	server := httptest.NewServer(mux)
	defer server.Close()
	f := newClient(t, patient())
	for _, path := range []string{"/gzip", "/x-gzip", "/not"} {
		a, err := f.Media(t.Context(), server.URL+path, Request{})
		if err != nil || a.Incomplete || !bytes.Equal(a.Data, photo) {
			t.Errorf("%s: %d bytes, incomplete %t, %v", path, len(a.Data), a.Incomplete, err)
		}
	}
	if a, err := f.Media(t.Context(), server.URL+"/short", Request{}); err != nil || !a.Incomplete || !bytes.HasPrefix(photo, a.Data) {
		t.Errorf("short: %d bytes, incomplete %t, %v", len(a.Data), a.Incomplete, err)
	}
	_, err := f.Media(t.Context(), server.URL+"/large", Request{})
	if !errors.Is(err, fault.ErrImageTooLarge) || !strings.Contains(fault.MessageOf(err), "1 MiB") {
		t.Errorf("large: %q, %v", fault.MessageOf(err), err)
	}
	if _, err := f.Media(t.Context(), server.URL+"/empty", Request{}); !errors.Is(err, fault.ErrSourceIncomplete) {
		t.Errorf("empty blocks: %v", err)
	}
	if got, err := f.Page(t.Context(), server.URL+"/page"); err != nil || !bytes.Equal(got.Data, page) {
		t.Errorf("a page: %q, %v", got.Data, err)
	}
}

// TestTooLargeIsNamed: the refusal of a body says how large it is, and what is taken.
func TestTooLargeIsNamed(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "13002342")
	}))
	defer server.Close()
	_, err := newClient(t, patient()).Media(t.Context(), server.URL, Request{})
	if got, want := fault.MessageOf(err), "the photo has 12.4 MiB; at most 1 are taken"; got != want {
		t.Errorf("%q, want %q: %v", got, want, err)
	}
}
