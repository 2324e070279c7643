package render

import (
	"image"

	"github.com/fogleman/gg"
)

// paintMarks paints the shapes of a plan: rules and the grounds of badges.
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
			dc.DrawRoundedRectangle(float64(op.Rect.Min.X), float64(op.Rect.Min.Y), float64(op.Rect.Dx()), float64(op.Rect.Dy()), op.RadiusPx)
			dc.Fill()
		}
	}
}
