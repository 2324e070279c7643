package raster

import (
	"image"
	"image/color"

	"github.com/fogleman/gg"
)

// RoundedRect paints a rectangle with rounded corners. If linePx is over 0, it paints only an outline, inside the
// rectangle's edge; antialiasing may extend up to two pixels beyond r.
func RoundedRect(dst *image.RGBA, r image.Rectangle, radiusPx, linePx float64, c color.NRGBA) {
	dc := gg.NewContextForRGBA(dst)
	dc.SetColor(c)
	in := float64(linePx / 2)
	w, h := float64(r.Dx())-float64(2*in), float64(r.Dy())-float64(2*in)
	dc.DrawRoundedRectangle(float64(r.Min.X)+in, float64(r.Min.Y)+in, w, h, radiusPx)
	if linePx > 0 {
		dc.SetLineWidth(linePx)
		dc.Stroke()
	} else {
		dc.Fill()
	}
}

// Copy returns a copy of the part of r that lies on img.
func Copy(img *image.RGBA, r image.Rectangle) *image.RGBA {
	r = r.Intersect(img.Rect)
	c := image.NewRGBA(r)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		copy(Row(c, r, y), Row(img, r, y))
	}
	return c
}

// Corners paints what is in the rectangle, a square, but not in the circle in it, with the pixels that under has there.
// Both pictures are opaque and contain the rectangle.
func Corners(dst *image.RGBA, r image.Rectangle, under *image.RGBA) {
	dc := gg.NewContext(r.Dx(), r.Dy())
	dc.SetColor(color.White)
	radius := float64(float64(r.Dx()) / 2)
	dc.DrawCircle(radius, radius, radius)
	dc.Fill()
	circle := dc.Image().(*image.RGBA)
	for y := range r.Dy() {
		to, from := Row(dst, r, r.Min.Y+y), Row(under, r, r.Min.Y+y)
		inside := Row(circle, circle.Rect, y)
		for i := 0; i < len(to); i += 4 {
			a := uint32(inside[i+3])
			if a == 255 {
				continue
			}
			for c := i; c < i+3; c++ {
				to[c] = uint8((uint32(to[c])*a + uint32(from[c])*(255-a) + 127) / 255)
			}
		}
	}
}

// Play paints a play mark: a triangle of the ink in a circle. r is a square.
func Play(dst *image.RGBA, r image.Rectangle, c, ink color.NRGBA) {
	dc := gg.NewContextForRGBA(dst)
	radius := float64(float64(r.Dx()) / 2)
	x, y := float64(r.Min.X)+radius, float64(r.Min.Y)+radius
	dc.SetColor(c)
	dc.DrawCircle(x, y, radius)
	dc.Fill()
	dc.SetColor(ink)
	side := float64(0.42 * radius) // half a side of the triangle, whose middle is the circle's
	dc.MoveTo(x-float64(0.58*side), y-side)
	dc.LineTo(x+float64(1.16*side), y)
	dc.LineTo(x-float64(0.58*side), y+side)
	dc.ClosePath()
	dc.Fill()
}
