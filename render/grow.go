package render

import (
	"image"
	"slices"
)

// A headline of two long lines on a wide photo gets a third one, to be larger, if that leaves the subject free.
const (
	grownMost = 62   // the largest size with a line more, in design pixels
	grownFrom = 56   // the largest size that is made larger
	grownTop  = 0.36 // of the card's height: where the text may begin at the earliest
)

// larger returns the plan of a wide card with a larger headline on its photo, or the plan itself if there is none that
// leaves the subject as free as it does.
func (s *choice) larger(w way, l *layout) Plan {
	plan := l.plan
	head, ok := plan.Headline()
	if w.name != wayOwn || s.card.FontStep != 0 || !l.holds("wide") || l.photo == nil || !ok ||
		len(head.Block.Lines) != 2 || head.Block.Truncated || head.Block.SizePx > grownFrom*l.k || !plan.onPhoto(head) {
		return plan
	}
	other, err := s.layOut(w, func(l *layout) { l.grown = true })
	if err != nil {
		return plan
	}
	grown := other.plan
	larger, _ := grown.Headline()
	top := topOf(grown)
	if larger.Block.Truncated || larger.Block.SizePx <= head.Block.SizePx ||
		float64(top) < grownTop*float64(grown.Height) || len(grown.LeftOut) > len(plan.LeftOut) ||
		grown.cost.Cover+grown.cost.Cut > plan.cost.Cover+plan.cost.Cut {
		return plan
	}
	if y, ok := l.pointAt(grown); ok && y >= top {
		if before, _ := l.pointAt(plan); before < topOf(plan) {
			return plan
		}
	}
	return grown
}

// onPhoto reports whether the first line of a text lies on the photo.
func (p Plan) onPhoto(text Run) bool {
	box := text.box(0)
	return slices.ContainsFunc(p.Ops, func(op Op) bool {
		picture, ok := op.(Picture)
		return ok && !picture.Portrait && box.In(picture.Rect)
	})
}

// topOf returns the first row of the text at the foot of a card.
func topOf(p Plan) int {
	top := p.Height
	for _, op := range p.Ops {
		switch op := op.(type) {
		case Badge:
			top = min(top, op.Rect.Min.Y)
		case Run:
			if !op.Head {
				top = min(top, op.box(0).Min.Y)
			}
		}
	}
	return top
}

// pointAt returns the row of the card at which the focal point lies.
func (l *layout) pointAt(p Plan) (y int, ok bool) {
	all := image.Rect(0, 0, p.Width, p.Height)
	f, _, err := l.focus(all, []image.Rectangle{all}, false)
	if err != nil || p.Crop.Empty() {
		return 0, false
	}
	at := float64(f.Point.Y*float64(l.photo.Size().Y)) - float64(p.Crop.Min.Y)
	return round(at * float64(p.Height) / float64(p.Crop.Dy())), true
}
