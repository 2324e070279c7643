package focus

import (
	"image"
	"slices"

	"newsroom.example/cards/internal/photo/faces"
)

// The network finds faces of about 20 to 200 pixels. So it looks at the photo twice: from afar, where portraits have
// that size, and from near, where figures and groups have it.
var (
	afar = limits{256, 256 * 171}
	near = limits{512, 512 * 341}
)

// Scores, from 0 to 1: of a box that is a face if it has the colour of skin, of one that is a face in any colour, and
// of one that settles that the photo is a portrait.
const (
	perhaps = 0.3
	likely  = 0.5
	surely  = 0.7
)

// faces returns the faces of a photo, the largest first.
func (f *finder) faces(img image.Image) []Face {
	found := f.look(img, afar)
	if !settled(found) {
		for _, n := range f.look(img, near) {
			if !slices.ContainsFunc(found, n.same) {
				found = append(found, n)
			}
		}
	}
	slices.SortStableFunc(found, func(a, b Face) int {
		switch d := a.area() - b.area(); {
		case d > 0:
			return -1
		case d < 0:
			return 1
		}
		return 0
	})
	return found
}

// settled reports whether a face is so large and so sure that smaller ones do not matter.
func settled(found []Face) bool {
	for _, f := range found {
		if f.Confidence >= surely && f.area() >= 0.04 {
			return true
		}
	}
	return false
}

// same reports whether two boxes show the same face.
func (f Face) same(o Face) bool {
	w, h := min(f.Max.X, o.Max.X)-max(f.Min.X, o.Min.X), min(f.Max.Y, o.Max.Y)-max(f.Min.Y, o.Min.Y)
	return w > 0 && h > 0 && 2*float64(w*h) > min(f.area(), o.area())
}

// look returns the faces in a thumbnail of the photo.
func (f *finder) look(img image.Image, from limits) (found []Face) {
	f.thumbnail(img, from)
	w, h := float64(f.w), float64(f.h)
	for _, b := range faces.Find(faces.Picture{W: f.w, H: f.h, Y: f.y, Cb: f.cb, Cr: f.cr}, perhaps) {
		if b.Score < likely && !f.likeSkin(b) || f.blank(b) {
			continue
		}
		found = append(found, Face{Rect{Point{b.X0 / w, b.Y0 / h}, Point{b.X1 / w, b.Y1 / h}}, b.Score})
	}
	return found
}

// blankMost is the share of a box, in thousandths, that may have one brightness, within 24 levels. Of faces in a shadow
// it is up to 650, of others 520; of letters on paper that look like a face it is mostly more.
const blankMost = 700

// blank reports whether a box shows a plain ground with something on it: paper, a screen or a wall, and no face.
func (t *thumb) blank(b faces.Box) bool {
	var tones [64]int
	all := 0
	for y := max(0, int(b.Y0)); y < min(t.h, int(b.Y1)); y++ {
		for x := max(0, int(b.X0)); x < min(t.w, int(b.X1)); x++ {
			tones[t.y[y*t.w+x]>>2]++
			all++
		}
	}
	most, _ := modal(&tones)
	return 1000*most > blankMost*all
}
