package pngfile

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"testing"

	"newsroom.example/cards/internal/scene"
)

// BenchmarkDecode compares with image/png. PNG=FILE takes another photo.
func BenchmarkDecode(b *testing.B) {
	data := scene.PNG(scene.Photo(1200, 800, 8, 1))
	if name := os.Getenv("PNG"); name != "" {
		var err error
		if data, err = os.ReadFile(name); err != nil {
			b.Fatal(err)
		}
	}
	for shrink := range 4 {
		b.Run("shrink "+string('0'+rune(shrink)), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				p, err := Open(data)
				if err == nil {
					_, _, err = p.Decode(image.Rectangle{Max: p.Scaled(shrink)}, shrink, false)
				}
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("image png", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := png.Decode(bytes.NewReader(data)); err != nil {
				b.Fatal(err)
			}
		}
	})
}
