package fetch

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"

	"newsroom.example/cards/internal/scene"
)

// BenchmarkFetch is the way of a photo's bytes from a source on loopback, its own work included.
func BenchmarkFetch(b *testing.B) {
	data := scene.JPEG(scene.Noise(2000, 1200))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", strconv.Itoa(len(data)))
		_, _ = w.Write(data)
	}))
	defer server.Close()
	o := patient()
	o.MaxBytes = 10 << 20
	f := newClient(b, o)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := f.MediaBytes(b.Context(), server.URL); err != nil {
			b.Fatal(err)
		}
	}
}
