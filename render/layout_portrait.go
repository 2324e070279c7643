package render

import (
	"image"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/photo/focus"
)

// pictured returns the pictures of a card that have pixels, and the card with a portrait only if there is one.
func pictured(c card.Card, photo Photo, portrait []Photo) (card.Card, Photo, Photo) {
	photo, face := unlessEmpty(photo), unlessEmpty(first(portrait))
	switch {
	case face == nil:
		c.Portrait = card.Photo{}
	case c.Portrait.URL == "":
		c.Portrait.URL = "upload:" // where it comes from is not told
	}
	return c, photo, face
}

func unlessEmpty(p Photo) Photo {
	if p != nil && (p.Size().X <= 0 || p.Size().Y <= 0) {
		return nil
	}
	return p
}

// first returns the first of the photos; nil if there is none.
func first(all []Photo) Photo {
	if len(all) == 0 {
		return nil
	}
	return all[0]
}

// pictureOf returns the photo, or the portrait.
func (l *layout) pictureOf(portrait bool) Photo {
	if portrait {
		return l.portrait
	}
	return l.photo
}

// The crop of a portrait, in thousandths.
const (
	headShare = 2300 // the crop's shorter side, of the face: the head takes a little more than half of it
	headAbove = 100  // of the face: how far the head's middle is above the face's
	headAt    = 470  // of the crop's height: where the head's middle is
)

// showPortrait has the picture of the plan's operation i show the head of the portrait.
func (l *layout) showPortrait(i int, covered []image.Rectangle) error {
	p, size := l.plan.Ops[i].(Picture), l.portrait.Size()
	if f := l.card.Portrait.Focal; f != nil {
		p.Crop = focus.Crop(size, p.Rect.Size(), focus.Focus{Point: focus.Point{X: f.X, Y: f.Y}}, focus.Rect{})
	} else {
		f, err := l.portrait.Focus(p.Rect.Size())
		if err != nil {
			return err
		}
		p.Crop = focus.Crop(size, p.Rect.Size(), f, fractions(freeBand(p.Rect, covered), p.Rect))
		if len(f.Faces) > 0 {
			p.Crop = headOf(size, p.Rect.Size(), p.Crop, f.Faces[0])
		}
	}
	l.plan.Ops[i], l.plan.PortraitCrop = p, p.Crop
	return nil
}

// headOf returns the crop of a portrait with the head of a face in the middle. The largest crop of the shape is taken
// nearer, as far as the head needs, and as the portrait is not enlarged more than a photo is.
func headOf(size, shape image.Point, largest image.Rectangle, f focus.Face) image.Rectangle {
	face := image.Rect(round(float64(f.Min.X*float64(size.X))), round(float64(f.Min.Y*float64(size.Y))),
		round(float64(f.Max.X*float64(size.X))), round(float64(f.Max.Y*float64(size.Y))))
	short := min(largest.Dx(), largest.Dy())
	want := headShare * max(face.Dx(), face.Dy()) / 1000
	want = min(short, max(want, min(shape.X, shape.Y)/mostEnlarged, 1))
	w, h := max(1, largest.Dx()*want/short), max(1, largest.Dy()*want/short)
	x := (face.Min.X+face.Max.X)/2 - w/2
	y := (face.Min.Y+face.Max.Y)/2 - headAbove*face.Dy()/1000 - headAt*h/1000
	x, y = max(0, min(x, size.X-w)), max(0, min(y, size.Y-h))
	return image.Rect(x, y, x+w, y+h)
}

// What the photo of a circle must be, in thousandths: a face that fills it, and is the only large one.
const (
	fillsCircle = 280 // of the circle's width
	otherFace   = 600 // of the face's height: that of a second person
	noFaceCost  = 400 // of a circle that no face fills: more than another template
)

// cropRound has the round picture of the plan's operation i show the face in the photo. A photo without one that fills
// the circle is no portrait, unless the editor says where its subject is.
func (l *layout) cropRound(i int, f focus.Focus, by string) {
	p, size := l.plan.Ops[i].(Picture), l.photo.Size()
	if by != byEditor && len(f.Faces) > 0 {
		largest := focus.Crop(size, p.Rect.Size(), f, focus.Rect{})
		crop := headOf(size, p.Rect.Size(), largest, f.Faces[0])
		height := func(face focus.Face) float64 { return float64((face.Max.Y - face.Min.Y) * 1000) }
		alone := len(f.Faces) == 1 || height(f.Faces[1]) < float64(otherFace*height(f.Faces[0])/1000)
		if alone && height(f.Faces[0])*float64(size.Y) >= float64(fillsCircle*crop.Dy()) {
			p.Crop = crop
			l.plan.Ops[i], l.plan.Crop, l.plan.Focus = p, crop, by
			return
		}
	}
	l.crop(i, f, by, p.Rect, nil)
	if by != byEditor {
		l.plan.cost.Cut += noFaceCost
	}
}
