package render

import (
	"image"
	"math"
	"slices"

	"newsroom.example/cards/internal/photo/focus"
)

// hiddenFace is the fraction of a face from which on text hides it.
const hiddenFace = 0.04

// OnFace returns the role of the text that hides the most of a face of the photo, such as "headline"; it is empty if no
// text hides more than a small part of one. It looks for faces even if the editor has chosen the focal point, but only
// if there is text on the photo.
func (p Plan) OnFace(photo Photo) (role string, err error) {
	boxes, most := p.textBoxes(), 0
	for _, op := range p.Ops {
		picture, ok := op.(Picture)
		if !ok || picture.Crop.Empty() || picture.Portrait ||
			!slices.ContainsFunc(boxes, func(b textBox) bool { return b.Overlaps(picture.Rect) }) {
			continue
		}
		found, err := photo.Focus(picture.Rect.Size())
		if err != nil {
			return "", err
		}
		for _, f := range found.Faces {
			if by, n := hides(boxes, picture.place(f, photo.Size()), picture.Rect); n > most {
				role, most = by, n
			}
		}
	}
	return role, nil
}

// hides returns the role that hides the most of a face inside a picture, and how many pixels of it; 0 if all of them
// together hide no more than they may.
func hides(boxes []textBox, face, picture image.Rectangle) (role string, most int) {
	total, by := 0, map[string]int{}
	for _, b := range boxes {
		n := area(face.Intersect(picture).Intersect(b.Rectangle))
		total += n
		if by[b.role] += n; by[b.role] > most {
			role, most = b.role, by[b.role]
		}
	}
	if float64(total) <= hiddenFace*float64(area(face)) {
		return "", 0
	}
	return role, most
}

// textBox is a rectangle with text, or with the logo of the site.
type textBox struct {
	image.Rectangle
	role string
}

// textBoxes returns the rectangles that hide what is under them.
func (p Plan) textBoxes() (all []textBox) {
	for _, op := range p.Ops {
		switch op := op.(type) {
		case Badge:
			all = append(all, textBox{op.Rect, "badge"})
		case Logo:
			all = append(all, textBox{op.Rect, "site"})
		case Run:
			for i := range op.Block.Lines {
				all = append(all, textBox{op.box(i), op.Role})
			}
		}
	}
	return all
}

// place returns where the picture shows a face of the photo, whose size is given.
func (o Picture) place(f focus.Face, size image.Point) image.Rectangle {
	kx, ky := float64(o.Rect.Dx())/float64(o.Crop.Dx()), float64(o.Rect.Dy())/float64(o.Crop.Dy())
	at := func(f focus.Point) image.Point {
		return image.Pt(
			o.Rect.Min.X+round((float64(f.X*float64(size.X))-float64(o.Crop.Min.X))*kx),
			o.Rect.Min.Y+round((float64(f.Y*float64(size.Y))-float64(o.Crop.Min.Y))*ky))
	}
	return image.Rectangle{Min: at(f.Min), Max: at(f.Max)}
}

func round(v float64) int { return int(math.Round(v)) }

func area(r image.Rectangle) int { return r.Dx() * r.Dy() }
