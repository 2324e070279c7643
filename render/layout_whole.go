package render

import (
	"image"
	"image/color"
	"slices"

	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/internal/photo/focus"
)

// layOnField has the picture of the plan's operation i show the whole photo, on the theme's paper. If it has an edge of
// one colour, such as a portrait from a studio, the field has this colour. Under text, which is set for photos, it is a
// field of the photo's own colours.
func (l *layout) layOnField(i int, free image.Rectangle, edge *color.NRGBA, covered []image.Rectangle) {
	area := l.plan.Ops[i].(Picture).Rect
	p := l.inset(area, free)
	l.plan.cost.Base += emptyBase(p.Rect, area)
	l.plan.Ops[i] = p
	ground := Op(l.field(area))
	switch {
	case slices.ContainsFunc(covered, area.Overlaps):
		l.plan.cost.Base += blurCost
	case edge != nil:
		ground = Fill{Rect: area, Color: *edge}
	default:
		ground = Fill{Rect: area, Color: l.theme.Paper}
		p.Rect = l.flush(p.Rect, area)
		l.plan.Ops[i] = p
	}
	l.plan.Ops = slices.Insert(l.plan.Ops, i, ground)
	if l.plan.Crop.Empty() {
		l.plan.Crop, l.plan.Focus = p.Crop, focus.ByMiddle
	}
}

// flush moves a picture on paper in an area as wide as the card to where the lines of the text below it begin.
func (l *layout) flush(r, area image.Rectangle) image.Rectangle {
	if area.Dx() < l.plan.Width || float64(r.Dx()) > l.right-l.left {
		return r
	}
	to := int(l.left)
	if l.rtl {
		to = int(l.right) - r.Dx()
	}
	return r.Add(image.Pt(to-r.Min.X, 0))
}

// layOnGround has the picture of the plan's operation i show the whole graphic, on a ground of one colour. There is no
// scrim, and text on the ground has an ink that can be read on it. A graphic is never cropped, not even round.
func (l *layout) layOnGround(i int, free image.Rectangle) {
	area := l.plan.Ops[i].(Picture).Rect
	p, ground := l.inset(area, free), *l.way.ground
	own, other := l.theme.OwnPairing(), l.theme.OtherPairing()
	if design.Contrast(other.Ink, ground) > design.Contrast(own.Ink, ground) {
		head, foot := Shade{Rect: area, Own: own, Other: other}.ends(l.plan.Ops)
		head.paint(l.plan.Ops, own, other)
		foot.paint(l.plan.Ops, own, other)
	}
	next := i + 1
	if next < len(l.plan.Ops) {
		if _, ok := l.plan.Ops[next].(Shade); ok {
			next++
		}
	}
	l.plan.Ops = slices.Replace(l.plan.Ops, i, next, Op(Fill{Rect: area, Color: ground}), Op(p))
	l.plan.Crop, l.plan.Focus = p.Crop, focus.ByGraphic
}

// clearInk is the contrast that a theme's ink must have with the ground of a graphic: small text is a little
// transparent.
const clearInk = 6

// groundOf returns the colour around a graphic: that of its border, or the theme's paper if it has none or no text of
// the theme could be read on it.
func (l *layout) groundOf(g focus.Graphic) *color.NRGBA {
	paper := l.theme.Paper
	if !g.Plain {
		return &paper
	}
	ground := color.NRGBA{g.Ground.R, g.Ground.G, g.Ground.B, 255}
	own, other := l.theme.OwnPairing(), l.theme.OtherPairing()
	if max(design.Contrast(own.Ink, ground), design.Contrast(other.Ink, ground)) < clearInk {
		return &paper
	}
	return &ground
}

// inset places the whole photo in the free part of a rectangle, enlarged at most twice.
func (l *layout) inset(r, free image.Rectangle) Picture {
	size := l.photo.Size()
	room := l.insetRoom(free)
	k := min(mostEnlarged, float64(room.Dx())/float64(size.X), float64(room.Dy())/float64(size.Y))
	w, h := max(1, int(float64(size.X)*k)), max(1, int(float64(size.Y)*k))
	at := image.Pt(room.Min.X+(room.Dx()-w)/2, room.Min.Y+(room.Dy()-h)/2)
	return Picture{
		Rect: image.Rectangle{Min: at, Max: at.Add(image.Pt(w, h))}.Intersect(r), Crop: image.Rectangle{Max: size},
	}
}

// field returns the background of a photo that does not fill its rectangle: the photo's own colours, a little darker,
// so that the photo stands out.
func (l *layout) field(r image.Rectangle) Field {
	scrim, middle := l.theme.Scrim, focus.Focus{Point: focus.Point{X: 0.5, Y: 0.5}}
	return Field{
		Rect: r, Crop: focus.Crop(l.photo.Size(), r.Size(), middle, focus.Rect{}),
		Tint: color.NRGBA{scrim.R, scrim.G, scrim.B, 80},
	}
}
