package render

import (
	"image"
	"slices"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/photo/focus"
)

// The factors by which a photo is enlarged: without a cost, and at a cost that grows up to the second one. A photo that
// is shown whole is never enlarged more than by the first.
const (
	mostEnlarged = 2
	softEnlarged = 2.6
)

// show computes the crop of each picture, and what it costs. The text is already placed, so that the crop can keep
// faces and the focal point clear of it.
func (l *layout) show() error {
	covered := l.covered()
	for i := 0; i < len(l.plan.Ops); i++ {
		p, ok := l.plan.Ops[i].(Picture)
		if !ok {
			continue
		}
		if p.Portrait {
			if err := l.showPortrait(i, covered); err != nil {
				return err
			}
			continue
		}
		f, by, err := l.focus(p.Rect, covered, p.Round)
		if err != nil {
			return err
		}
		if f.Graphic != nil {
			l.plan.graphic = l.groundOf(*f.Graphic)
		}
		free := freeBand(p.Rect, covered)
		switch {
		case l.way.ground != nil:
			l.layOnGround(i, free)
			i++
		case p.Round:
			l.cropRound(i, f, by)
		case l.way.whole:
			l.layOnField(i, free, f.Edge, covered)
			i++
		default:
			l.crop(i, f, by, free, covered)
		}
	}
	return nil
}

// crop has the picture of the plan's operation i show the part of the photo that costs the least, and adds the costs.
func (l *layout) crop(i int, f focus.Focus, by string, free image.Rectangle, covered []image.Rectangle) {
	p, size := l.plan.Ops[i].(Picture), l.photo.Size()
	least := -1
	for _, crop := range focus.Crops(size, p.Rect.Size(), f, fractions(free, p.Rect)) {
		try := Picture{Rect: p.Rect, Crop: crop, Round: p.Round}
		cut, cover := faceCost(f, try, size, covered)
		if least < 0 || cut+cover < least {
			least, p = cut+cover, try
			l.plan.cost.Cut, l.plan.cost.Cover = cut, cover
		}
		if least == 0 {
			break
		}
	}
	if l.clearPlay(f, p) {
		l.plan.cost.Cut, l.plan.cost.Cover = faceCost(f, p, size, l.covered())
	}
	l.plan.Ops[i], l.plan.Crop, l.plan.Focus = p, p.Crop, by
	l.plan.LooksAt = &card.Focal{X: f.Point.X, Y: f.Point.Y}
	l.plan.cost.Grow = grow(l.enlarged(p.Rect))
}

// byEditor is the Plan.Focus of a focal point that the editor has given.
const byEditor = "given"

// focus returns the focal point, the editor's or what detection finds in the photo, and what it looks at. Detection is
// skipped when its result cannot matter: the whole photo is shown, and no text lies on it.
func (l *layout) focus(r image.Rectangle, covered []image.Rectangle, round bool) (f focus.Focus, by string, err error) {
	if f := l.card.Photo.Focal; f != nil {
		return focus.Focus{Point: focus.Point{X: f.X, Y: f.Y}}, byEditor, nil
	}
	if !round && l.showsAll(r) && !slices.ContainsFunc(covered, r.Overlaps) {
		return focus.Focus{Point: focus.Point{X: 0.5, Y: 0.5}}, focus.ByMiddle, nil
	}
	f, err = l.photo.Focus(r.Size())
	return f, f.By(), err
}

// showsAll reports whether the rectangle has the photo's aspect ratio.
func (l *layout) showsAll(r image.Rectangle) bool {
	size := l.photo.Size()
	return focus.Crop(size, r.Size(), focus.Focus{}, focus.Rect{}) == image.Rectangle{Max: size}
}

// covered returns the rectangles of text, badges, rules and logos.
func (l *layout) covered() (all []image.Rectangle) {
	for _, op := range l.plan.Ops {
		switch op := op.(type) {
		case Rule:
			all = append(all, op.Rect)
		case Badge:
			all = append(all, op.Rect)
		case Logo:
			all = append(all, op.Rect)
		case Play:
			all = append(all, op.Rect)
		case Wave:
			all = append(all, op.Rect)
		case Run:
			for i := range op.Block.Lines {
				all = append(all, op.box(i))
			}
		}
	}
	return all
}

// freeBand returns the tallest uncovered part of the rectangle, over its whole width.
func freeBand(r image.Rectangle, covered []image.Rectangle) image.Rectangle {
	var inside []image.Rectangle
	for _, c := range covered {
		if c = c.Intersect(r); !c.Empty() {
			inside = append(inside, c)
		}
	}
	slices.SortFunc(inside, func(a, b image.Rectangle) int { return a.Min.Y - b.Min.Y })
	free, y := image.Rectangle{}, r.Min.Y
	for _, c := range append(inside, image.Rect(r.Min.X, r.Max.Y, r.Max.X, r.Max.Y)) {
		if c.Min.Y-y > free.Dy() {
			free = image.Rect(r.Min.X, y, r.Max.X, c.Min.Y)
		}
		y = max(y, c.Max.Y)
	}
	return free
}

// fractions returns a part of a rectangle in fractions of it.
func fractions(part, of image.Rectangle) focus.Rect {
	x := func(v int) float64 { return float64(v-of.Min.X) / float64(of.Dx()) }
	y := func(v int) float64 { return float64(v-of.Min.Y) / float64(of.Dy()) }
	return focus.Rect{
		Min: focus.Point{X: x(part.Min.X), Y: y(part.Min.Y)},
		Max: focus.Point{X: x(part.Max.X), Y: y(part.Max.Y)},
	}
}

// enlarged returns how many times the photo must be enlarged to fill a rectangle.
func (l *layout) enlarged(r image.Rectangle) float64 {
	size := l.photo.Size()
	return max(float64(r.Dx())/float64(size.X), float64(r.Dy())/float64(size.Y))
}
