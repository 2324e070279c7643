package render

import (
	"image"
	"slices"

	"newsroom.example/cards/internal/photo/focus"
)

// clearPlay moves a play mark on a picture off the heads of the people in it, by as little as it can, to where it keeps
// clear of the text. It reports whether it has moved one.
func (l *layout) clearPlay(f focus.Focus, p Picture) (moved bool) {
	var heads []image.Rectangle
	for _, face := range f.Faces {
		heads = append(heads, aroundFace(p.place(face, l.photo.Size())).Intersect(p.Rect))
	}
	for i, op := range l.plan.Ops {
		mark, ok := op.(Play)
		if !ok || !mark.Rect.In(p.Rect) || overlap(mark.Rect, heads) == 0 {
			continue
		}
		if to := l.playPlace(i, mark.Rect, p.Rect, heads); to != mark.Rect {
			mark.Rect, moved = to, true
			l.plan.Ops[i] = mark
		}
	}
	return moved
}

// aroundFace returns the head and the neck around a face.
func aroundFace(face image.Rectangle) image.Rectangle {
	return image.Rect(face.Min.X-face.Dx()/4, face.Min.Y-face.Dy()/3, face.Max.X+face.Dx()/4, face.Max.Y+2*face.Dy()/5)
}

// playPlace returns the place for the play mark of the plan's operation i that covers the least of the heads, and the
// nearest of several.
func (l *layout) playPlace(i int, from, in image.Rectangle, heads []image.Rectangle) image.Rectangle {
	var texts []image.Rectangle
	others := slices.Concat(l.plan.Ops[:i], l.plan.Ops[i+1:])
	for _, c := range (&layout{plan: Plan{Ops: others}}).covered() {
		texts = append(texts, c.Inset(-from.Dx()/4))
	}
	best, step, margin := from, max(1, from.Dx()/8), int(l.px(marginX))
	least, near := overlap(from, heads), 0
	for y := from.Min.Y - step*((from.Min.Y-in.Min.Y)/step); y+from.Dy() <= in.Max.Y-margin; y += step {
		for x := from.Min.X - step*((from.Min.X-in.Min.X-margin)/step); x+from.Dx() <= in.Max.X-margin; x += step {
			to := from.Add(image.Pt(x-from.Min.X, y-from.Min.Y))
			far := (x-from.Min.X)*(x-from.Min.X) + (y-from.Min.Y)*(y-from.Min.Y)
			if over := overlap(to, heads); (over < least || over == least && far < near) && overlap(to, texts) == 0 {
				best, least, near = to, over, far
			}
		}
	}
	return best
}

// overlap returns how many pixels of a rectangle lie in others, counted once for each.
func overlap(r image.Rectangle, in []image.Rectangle) (sum int) {
	for _, o := range in {
		sum += area(r.Intersect(o))
	}
	return sum
}
