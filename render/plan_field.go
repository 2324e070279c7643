package render

import (
	"fmt"
	"image"
	"image/color"
)

// Field paints a photo's own colours, far out of focus, over a rectangle: the background of a photo
// that is too small to fill it.
type Field struct {
	Rect, Crop image.Rectangle
	Tint       color.NRGBA // mixed into the colours; its alpha is the proportion
}

// String implements Op.
func (o Field) String() string { return fmt.Sprintf("field %v %s", o.Rect, hex(o.Tint)) }

// fieldCells is how many colours a field has on its longer side.
const fieldCells = 10

// fieldSize returns a field's size in cells.
func fieldSize(r image.Rectangle) image.Point {
	if w, h := r.Dx(), r.Dy(); w >= h {
		return image.Pt(fieldCells, max(2, fieldCells*h/w))
	}
	return image.Pt(max(2, fieldCells*r.Dx()/r.Dy()), fieldCells)
}
