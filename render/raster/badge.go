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
