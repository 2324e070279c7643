package raster

import (
	"image"
	"testing"
)

// BenchmarkScale measures how a decoded photo is drawn on a card: copied, reduced, enlarged.
func BenchmarkScale(b *testing.B) {
	canvas := image.NewRGBA(image.Rect(0, 0, 1200, 630))
	for name, size := range map[string]image.Point{"copy": {1200, 630}, "shrink": {1500, 788}, "enlarge": {800, 420}} {
		photo := image.NewYCbCr(image.Rectangle{Max: size}, image.YCbCrSubsampleRatio420)
		for i := range photo.Y {
			photo.Y[i] = uint8(i * 7)
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Scale(canvas, canvas.Rect, photo, photo.Rect)
			}
		})
		pixels := image.NewRGBA(photo.Rect)
		b.Run(name+" of pixels", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Scale(canvas, canvas.Rect, pixels, pixels.Rect)
			}
		})
	}
}
