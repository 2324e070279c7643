package jpeg

import (
	"bytes"
	"fmt"
	"image"
	stdjpeg "image/jpeg"
	"os"
	"testing"

	"newsroom.example/cards/internal/scene"
)

// BenchmarkFile decodes a progressive photo of 2400x1600.
func BenchmarkFile(b *testing.B) {
	var data []byte
	if path := os.Getenv("PROGRESSIVE"); path != "" {
		data, _ = os.ReadFile(path)
	} else {
		data = tool(b, ppm(scene.Photo(2400, 1600, 12, 4)), "cjpeg", "-quality", "92", "-progressive")
	}
	f, err := OpenFile(data)
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("%d bytes", len(data))
	for _, pair := range []bool{false, true} {
		for shrink := range 4 {
			b.Run(fmt.Sprintf("shrink=%d,pair=%t", shrink, pair), func(b *testing.B) {
				b.ReportAllocs()
				d := Decoder{Pair: pair}
				for range b.N {
					c, err := NewReading(f, shrink).Run(&d)
					if err != nil {
						b.Fatal(err)
					}
					d.Picture(c, image.Rectangle{Max: f.Scaled(shrink)}, shrink)
					c.Release()
				}
			})
		}
	}
	b.Run("image/jpeg", func(b *testing.B) {
		b.ReportAllocs()
		for range b.N {
			if _, err := stdjpeg.Decode(bytes.NewReader(data)); err != nil {
				b.Fatal(err)
			}
		}
	})
}
