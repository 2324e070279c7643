package focus

import (
	"image"
	"image/color"
	"testing"

	"newsroom.example/cards/internal/scene"
)

// textured returns a picture with detail everywhere, which takes the most time.
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
	for name, m := range map[string]image.Image{
		"thumbnail": textured(256, 171), "card": textured(1200, 800),
		"photo": planes(scene.Photo(1200, 800, 10, 5)),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Find(m)
			}
		})
	}
}

// planes converts a picture to YCbCr with 4:2:0 subsampling, as in a JPEG.
func planes(m *image.RGBA) *image.YCbCr {
	out := image.NewYCbCr(m.Rect, image.YCbCrSubsampleRatio420)
	for y := m.Rect.Min.Y; y < m.Rect.Max.Y; y++ {
		for x := m.Rect.Min.X; x < m.Rect.Max.X; x++ {
			c := m.RGBAAt(x, y)
			i := out.COffset(x, y)
			out.Y[out.YOffset(x, y)], out.Cb[i], out.Cr[i] = color.RGBToYCbCr(c.R, c.G, c.B)
		}
	}
	return out
}
