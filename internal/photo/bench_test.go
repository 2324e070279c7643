package photo

import (
	"testing"

	"newsroom.example/cards/internal/scene"
)

// BenchmarkRefuse measures how long it takes to reject decompression bombs and an endless profile.
func BenchmarkRefuse(b *testing.B) {
	for why, data := range map[string][]byte{
		"png": append(scene.PNGHead(30_000, 30_000), make([]byte, 3<<20)...), "gif": []byte("GIF89a\xb9\xfd\x61\x6c\x00\x00\x00"),
		"jpeg": scans(frame(markerSOF0, 65_535, 65_535, 3), 1), "scans": scans(frame(markerSOF2, 7000, 7000, 1), 500),
		"profile": withChunk(scene.PNG(marked(4, 4)), "iCCP", bomb(64)),
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
