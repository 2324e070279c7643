package render

import (
	"fmt"
	"image"
	"image/color"
)

// Wave is the form of a sound: upright bars, the sign of something to hear.
type Wave struct {
	Rect  image.Rectangle
	Color color.NRGBA
}

// String implements Op.
func (o Wave) String() string { return fmt.Sprintf("wave %v %s", o.Rect, hex(o.Color)) }

// loud are the heights of bars, in hundredths of the form's: two sentences, and a breath between them.
var loud = []int{
	18, 34, 58, 42, 76, 92, 64, 38, 54, 84, 100, 70, 46, 30, 52, 38, 22, 12,
	16, 40, 62, 88, 56, 74, 96, 66, 36, 58, 44, 26, 14,
}

// waveBars is how many times a form's height is the width of a bar, and of the space after it.
const waveBars = 16

// bars returns the rectangles of the bars. They fill the width, and lie on whole pixels.
func (o Wave) bars() (all []image.Rectangle) {
	w := max(1, o.Rect.Dy()/waveBars)
	n := max(1, (o.Rect.Dx()+w)/(2*w))
	for i := range n {
		h := max(w, o.Rect.Dy()*loud[i%len(loud)]/100)
		x, y := o.Rect.Min.X+2*w*i, o.Rect.Min.Y+(o.Rect.Dy()-h)/2
		all = append(all, image.Rect(x, y, x+w, y+h))
	}
	return all
}

// paint fills the bars.
func (o Wave) paint(canvas *image.RGBA) {
	for _, bar := range o.bars() {
		Rule{Rect: bar, Color: o.Color}.paint(canvas)
	}
}
