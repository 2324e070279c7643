package focus

import (
	"image"
	"testing"
)

// textured is a picture with structure everywhere, the dearest kind to look through.
func textured(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	state := uint32(7)
	for y := range h {
		for x := range w {
			state = state*1664525 + 1013904223
			v := uint8(64*((x/9+y/7)%3)) + uint8(state>>27)
			i := m.PixOffset(x, y)
			m.Pix[i], m.Pix[i+1], m.Pix[i+2], m.Pix[i+3] = v, v/2+60, 255-v, 255
		}
	}
	return m
}

func BenchmarkFind(b *testing.B) {
	for name, size := range map[string]image.Point{"thumbnail": {256, 171}, "card": {1200, 800}} {
		b.Run(name, func(b *testing.B) {
			m := textured(size.X, size.Y)
			for b.Loop() {
				Find(m)
			}
		})
	}
}
