package render

import (
	"image"

	"github.com/fogleman/gg"
	"golang.org/x/image/draw"
)

// paintMarks paints the shapes of a plan: rules, the grounds of badges, and the logo.
func paintMarks(canvas *image.RGBA, ops []Op) {
	dc := gg.NewContextForRGBA(canvas)
	for _, op := range ops {
		switch op := op.(type) {
		case Rule:
			dc.SetColor(op.Color)
			dc.DrawRectangle(float64(op.Rect.Min.X), float64(op.Rect.Min.Y), float64(op.Rect.Dx()), float64(op.Rect.Dy()))
			dc.Fill()
		case Badge:
			dc.SetColor(op.Color)
			in := float64(op.LinePx / 2)
			dc.DrawRoundedRectangle(float64(op.Rect.Min.X)+in, float64(op.Rect.Min.Y)+in, float64(op.Rect.Dx())-float64(2*in), float64(op.Rect.Dy())-float64(2*in), op.RadiusPx)
			if op.LinePx > 0 {
				dc.SetLineWidth(op.LinePx)
				dc.Stroke()
			} else {
				dc.Fill()
			}
		case Logo:
			logo := op.Logo.Draw(op.Rect.Dy())
			draw.CatmullRom.Scale(canvas, op.Rect, logo, logo.Bounds(), draw.Over, nil)
		}
	}
}
