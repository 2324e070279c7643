package photo

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"
)

// BenchmarkRefuse is how long the gate takes over bombs, and a profile that unpacks without end.
func BenchmarkRefuse(b *testing.B) {
	for why, data := range map[string][]byte{
		"png": append(hugePNG(30_000, 30_000), make([]byte, 3<<20)...), "gif": []byte("GIF89a\xb9\xfd\x61\x6c\x00\x00\x00"),
		"jpeg": scans(frame(markerSOF0, 65_535, 65_535, 3), 1), "scans": scans(frame(markerSOF2, 7000, 7000, 1), 500),
		"profile": withChunk(pngOf(b, marked(4, 4)), "iCCP", bomb(64)),
	} {
		b.Run(why, func(b *testing.B) {
			for b.Loop() {
				if _, err := Inspect(data); err == nil {
					profileOf(data, "png")
				}
			}
		})
	}
}

// BenchmarkFetch is the way of a photo's bytes from a source on loopback, its own work included.
func BenchmarkFetch(b *testing.B) {
	data := jpegOf(b, noisy(2000, 1200))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", strconv.Itoa(len(data)))
		_, _ = w.Write(data)
	}))
	defer server.Close()
	o := patient()
	o.MaxBytes = 10 << 20
	f := fetcher(b, o)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := f.Fetch(b.Context(), server.URL); err != nil {
			b.Fatal(err)
		}
	}
}
