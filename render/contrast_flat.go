package render

import (
	"image"
	"image/color"
	"slices"

	"newsroom.example/cards/internal/design"
)

// flatContrast returns the same as measure without reading pixels, if headline and caption each lie on one
// colour, of paper or fills. ok is false if a line may lie on a photo or on two colours.
func flatContrast(card image.Rectangle, ops []Op) (c Contrast, ok bool) {
	return contrastOf(ops, func(run Run) (float64, bool) { return run.flatContrast(card, ops) })
}

// flatContrast returns the run's lowest contrast with the fills under its lines.
func (r Run) flatContrast(card image.Rectangle, ops []Op) (lowest float64, ok bool) {
	lowest = 21
	for i, line := range r.Block.Lines {
		box := r.box(i).Intersect(card)
		if box.Empty() {
			continue
		}
		ground, ok := groundOf(ops, box)
		if !ok {
			return 0, false
		}
		lowest = min(lowest, design.Contrast(r.Ink, ground))
		if hasTail(line) {
			lowest = min(lowest, design.Contrast(r.TailInk, ground))
		}
	}
	return lowest, true
}

// groundOf returns the colour that the whole box has before marks and text are painted; ok is false if it may
// have more than one.
func groundOf(ops []Op, box image.Rectangle) (ground color.NRGBA, ok bool) {
	for _, op := range slices.Backward(ops) {
		var under image.Rectangle
		switch op := op.(type) {
		case Fill:
			if under = op.Rect; box.In(under) {
				return op.Color, true
			}
		case Picture:
			under = op.Rect
		case Field:
			under = op.Rect
		case Shade:
			under = op.Rect
		}
		if box.Overlaps(under) {
			return ground, false
		}
	}
	return ground, false
}
