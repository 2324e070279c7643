package jpeg

import (
	"bytes"
	"fmt"
	"image"
	stdjpeg "image/jpeg"
	"testing"

	"newsroom.example/cards/internal/scene"
)

// BenchmarkFile decodes a progressive photo of 2400x1600 pixels, by one goroutine and by two.
func BenchmarkFile(b *testing.B) {
	data := tool(b, ppm(scene.Photo(2400, 1600, 12, 4)), "cjpeg", "-quality", "92", "-progressive")
	f, err := OpenFile(data)
	if err != nil {
		b.Fatal(err)
	}
	for shrink := range 4 {
		for _, pair := range []bool{false, true} {
			b.Run(fmt.Sprintf("1:%d/pair=%t", 1<<shrink, pair), func(b *testing.B) {
				b.ReportAllocs()
				d := Decoder{Pair: pair}
				for b.Loop() {
					c, err := NewReading(f, shrink).Run(&d)
					if err != nil {
						b.Fatal(err)
					}
					d.Picture(c, image.Rectangle{Max: f.Scaled(shrink)}, shrink)
					c.Release()
				}
			})
		}
		b.Run(fmt.Sprintf("1:%d/scan by scan", 1<<shrink), func(b *testing.B) {
			var r reader
			for b.Loop() {
				c := newContent(f, shrink)
				if err := c.read(&r); err != nil {
					b.Fatal(err)
				}
				c.Release()
			}
		})
	}
	b.Run("image/jpeg", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := stdjpeg.Decode(bytes.NewReader(data)); err != nil {
				b.Fatal(err)
			}
		}
	})
}
