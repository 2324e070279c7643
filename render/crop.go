package render

import (
	"image"
	"math"

	"cards/card"
)

// Where people look when nothing else is known, and where the card shows it: above the middle,
// since the text lies at the foot.
var defaultFocal = card.Focal{X: 0.5, Y: 0.42}

const focalHeight = 0.42

// coverCrop is the part of a photo of the size that fills the shape, with the focal point as
// near to its place as the photo allows. Pixels of the upright photo.
func coverCrop(photo image.Rectangle, shape image.Point, focal *card.Focal) image.Rectangle {
	f := defaultFocal
	if focal != nil {
		f = *focal
	}
	w, h := photo.Dx(), photo.Dy()
	cw, ch := w, int(math.Round(float64(w)*float64(shape.Y)/float64(shape.X)))
	if ch > h {
		cw, ch = int(math.Round(float64(h)*float64(shape.X)/float64(shape.Y))), h
	}
	cw, ch = max(1, min(cw, w)), max(1, min(ch, h))
	x := place(f.X, w, cw, 0.5)
	y := place(f.Y, h, ch, focalHeight)
	return image.Rect(x, y, x+cw, y+ch).Add(photo.Min)
}

// place is the start of a window that shows the point at the fraction of its length.
func place(point float64, whole, window int, at float64) int {
	start := int(math.Round(float64(point*float64(whole)) - float64(at*float64(window))))
	return max(0, min(start, whole-window))
}
