package render

import (
	"image"
	"image/color"
	"slices"

	"newsroom.example/cards/internal/photo/focus"
)

// mostEnlarged is the maximum factor by which a photo is enlarged.
const mostEnlarged = 2

// hiddenFace is the fraction of a face that text may cover; above it the card uses another template.
const hiddenFace = 0.04

// show computes the crop of each picture. The text is already placed, so that the crop can keep faces and the
// focal point clear of it. fits is false if the photo does not suit the template, because it is too small, or
// because text lies on a face.
func (l *layout) show() (fits bool, err error) {
	fits = true
	covered := l.covered()
	for i := 0; i < len(l.plan.Ops); i++ {
		p, ok := l.plan.Ops[i].(Picture)
		if !ok {
			continue
		}
		free := freeBand(p.Rect, covered)
		if l.enlarged(p.Rect) > mostEnlarged {
			fits = false
			l.plan.Ops[i] = l.inset(p.Rect, free)
			l.plan.Ops = slices.Insert(l.plan.Ops, i, Op(l.field(p.Rect)))
			i++
			continue
		}
		f, by, err := l.focus(p.Rect, covered)
		if err != nil {
			return false, err
		}
		p.Crop = focus.Crop(l.photo.Size(), p.Rect.Size(), f, fractions(free, p.Rect))
		l.plan.Ops[i], l.plan.Crop, l.plan.Focus = p, p.Crop, by
		fits = fits && l.clear(f.Faces, p, covered)
	}
	return fits, nil
}

// byEditor is the Plan.Focus of a focal point that the editor has given.
const byEditor = "given"

// focus returns the focal point, the editor's or what detection finds in the photo, and what it looks at. Detection is
// skipped when its result cannot matter: the whole photo is shown, and no text lies on it.
func (l *layout) focus(r image.Rectangle, covered []image.Rectangle) (f focus.Focus, by string, err error) {
	if f := l.card.Photo.Focal; f != nil {
		return focus.Focus{Point: focus.Point{X: f.X, Y: f.Y}}, byEditor, nil
	}
	if l.showsAll(r) && !slices.ContainsFunc(covered, r.Overlaps) {
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

// clear reports whether no text lies on a face that the picture shows.
func (l *layout) clear(faces []focus.Face, p Picture, covered []image.Rectangle) bool {
	for _, f := range faces {
		face := p.place(f, l.photo.Size())
		hidden := 0
		for _, c := range covered {
			both := face.Intersect(p.Rect).Intersect(c)
			hidden += area(both)
		}
		if float64(hidden) > hiddenFace*float64(area(face)) {
			return false
		}
	}
	return true
}

// enlarged returns how many times the photo must be enlarged to fill a rectangle.
func (l *layout) enlarged(r image.Rectangle) float64 {
	size := l.photo.Size()
	return max(float64(r.Dx())/float64(size.X), float64(r.Dy())/float64(size.Y))
}

// inset places the whole photo in the free part of a rectangle, enlarged at most twice.
func (l *layout) inset(r, free image.Rectangle) Picture {
	size, pad := l.photo.Size(), int(l.px(insetPad))
	if room := free.Inset(pad); !room.Empty() {
		free = room
	}
	k := min(mostEnlarged, float64(free.Dx())/float64(size.X), float64(free.Dy())/float64(size.Y))
	w, h := max(1, int(float64(size.X)*k)), max(1, int(float64(size.Y)*k))
	at := image.Pt(free.Min.X+(free.Dx()-w)/2, free.Min.Y+(free.Dy()-h)/2)
	whole := image.Rectangle{Max: size}
	if l.plan.Crop.Empty() {
		l.plan.Crop, l.plan.Focus = whole, focus.ByMiddle
	}
	return Picture{Rect: image.Rectangle{Min: at, Max: at.Add(image.Pt(w, h))}.Intersect(r), Crop: whole}
}

// field returns the background of a photo that is too small for a rectangle: the photo's own colours, a little
// darker, so that the photo stands out.
func (l *layout) field(r image.Rectangle) Field {
	scrim, middle := l.theme.Scrim, focus.Focus{Point: focus.Point{X: 0.5, Y: 0.5}}
	return Field{
		Rect: r, Crop: focus.Crop(l.photo.Size(), r.Size(), middle, focus.Rect{}),
		Tint: color.NRGBA{scrim.R, scrim.G, scrim.B, 80},
	}
}
