package render

import (
	"image"
	"math"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/design"
)

// seam is an edge between areas that is moved from where the template has it, in shares of the card.
type seam struct {
	upright  bool // a left or right side
	from, to float64
}

// area returns the template's area, with the seam where it is on this card.
func (l *layout) area(name string) design.Area {
	a := l.template.Area(name, l.holds)
	if s := l.edge; s.from != s.to {
		first, last := &a.Top, &a.Bottom
		if s.upright {
			first, last = &a.Left, &a.Right
		}
		for _, side := range []*float64{first, last} {
			if *side == s.from {
				*side = s.to
			}
		}
	}
	return a
}

// moveSeam moves the inner side of the photo's area, if the template lets it: to where the choice wants to have it, or,
// if the photo is shown whole, so that the area has the shape of the photo and the space around it.
func (l *layout) moveSeam() {
	a, ok := l.yielding()
	switch {
	case !ok || l.photo == nil:
	case l.seamAt > 0:
		side := a.Inner()
		l.edge = seam{upright: side == &a.Left || side == &a.Right, from: *side, to: l.seamAt}
	case l.way.whole:
		l.edge = l.seamOf(a)
	}
}

// yielding returns the area of a picture whose inner side may be moved; false if the card has none.
func (l *layout) yielding() (a design.Area, ok bool) {
	for _, p := range l.template.Pictures {
		if a = l.template.Area(p.Area, l.holds); p.When.Holds(l.holds) && a.Yields() {
			return a, true
		}
	}
	return a, false
}

// seamOf returns the place of an area's seam at which it has the shape of the photo.
func (l *layout) seamOf(a design.Area) seam {
	w, h := float64(l.plan.Width), float64(l.plan.Height)
	r, photo := l.rect(l.whole(a)), l.photo.Size()
	side := a.Inner()
	s := seam{upright: side == &a.Left || side == &a.Right, from: *side}
	var room image.Rectangle // that the photo can use
	around := 0.0
	if l.way.whole {
		tall := image.Rect(r.Min.X, 0, r.Max.X, l.plan.Height)
		if s.upright {
			tall = r
		}
		room = l.insetRoom(tall)
		around = 2 * l.px(insetPad)
		if !s.upright {
			around = float64(room.Min.Y) + l.px(insetPad)
		}
	} else {
		room = r
	}
	along, across, length, all := photo.X, photo.Y, room.Dy(), w
	if !s.upright {
		along, across, length, all = photo.Y, photo.X, room.Dx(), h
	}
	size := float64(min(mostEnlarged, float64(length)/float64(across)) * float64(along))
	s.to = math.Ceil(size+around) / all
	if side == &a.Left || side == &a.Top {
		s.to = 1 - s.to
	}
	s.to = max(a.Room[0], min(s.to, a.Room[1]))
	return s
}

// insetRoom returns the part of a rectangle in which a photo can be shown whole: without the space around it, and
// without the ends of a story that the apps' controls cover, or the strip that X covers.
func (l *layout) insetRoom(r image.Rectangle) image.Rectangle {
	in := r.Inset(int(l.px(insetPad)))
	seen := image.Rect(0, 0, l.plan.Width, l.plan.Height)
	switch size := l.card.Size; {
	case size == card.Twitter:
		seen.Max.Y = int(l.foot)
	case 10*size.H > 16*size.W:
		seen.Min.Y, seen.Max.Y = int(l.top), int(l.foot)
	}
	if room := in.Intersect(seen); !room.Empty() {
		return room
	}
	return r
}
