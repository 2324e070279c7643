package render

import (
	"image"

	"github.com/fogleman/gg"
	"golang.org/x/image/draw"
)

// paintMarks paints the shapes of a plan: rules, the grounds of badges, and the logo.
func (l *leaf) paintMarks(ops []Op) {
	canvas := &l.RGBA
	for _, op := range ops {
		switch op := op.(type) {
		case Rule:
			l.touch(op.Rect)
			op.paint(canvas)
		case Badge:
			l.touch(op.Rect.Inset(-2)) // an outline's edge may be smoothed beyond it
			op.paint(canvas)
		case Logo:
			l.touch(op.Rect)
			logo := op.Logo.Draw(op.Rect.Dy())
			draw.CatmullRom.Scale(canvas, op.Rect, logo, logo.Bounds(), draw.Over, nil)
		}
	}
}

// paint fills the rule's pixels, which are whole ones.
func (r Rule) paint(canvas *image.RGBA) {
	if r.Color.A == 255 {
		fill(canvas, Fill{r.Rect, r.Color})
		return
	}
	draw.Draw(canvas, r.Rect, image.NewUniform(r.Color), image.Point{}, draw.Over)
}

// paint draws the badge's rounded rectangle.
func (b Badge) paint(canvas *image.RGBA) {
	dc := gg.NewContextForRGBA(canvas)
	dc.SetColor(b.Color)
	in := float64(b.LinePx / 2)
	dc.DrawRoundedRectangle(float64(b.Rect.Min.X)+in, float64(b.Rect.Min.Y)+in, float64(b.Rect.Dx())-float64(2*in), float64(b.Rect.Dy())-float64(2*in), b.RadiusPx)
	if b.LinePx > 0 {
		dc.SetLineWidth(b.LinePx)
		dc.Stroke()
	} else {
		dc.Fill()
	}
}
