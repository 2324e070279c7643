// Package focus finds where people look in a photo: at faces first, else where edges, skin and
// strong colours gather; and it chooses the part of the photo that a card shows. It works on a
// small copy in whole numbers, so that the same photo has the same focus on every machine. It
// knows no network, disk or clock.
package focus

import (
	"image"
	"sync"
)

// Point is a place in a photo or on a card, as fractions from the top left.
type Point struct{ X, Y float64 }

// Rect is a part of a photo or card, as fractions from the top left.
type Rect struct{ Min, Max Point }

// Center is the middle of the part.
func (r Rect) Center() Point {
	return Point{float64(r.Min.X+r.Max.X) / 2, float64(r.Min.Y+r.Max.Y) / 2}
}

// area is a fraction of the whole; 0 where the part is empty.
func (r Rect) area() float64 {
	return max(0, r.Max.X-r.Min.X) * max(0, r.Max.Y-r.Min.Y)
}

// Face is a face that was found: from the brows to the chin, ear to ear.
type Face struct {
	Rect
	Confidence float64 // over 0, up to 1
}

// Focus is where people look. The zero Focus looks at the top left; Find never returns it.
type Focus struct {
	Faces []Face // the largest first; nil where none was found
	Point Point  // the centre of attention

	// Faceless tells that faces were looked for and none was found; Headroom is then the share of the
	// photo's height, from the top, in which nothing is seen at all.
	Faceless bool
	Headroom float64
}

// Find looks at an upright photo of any size, of which it samples about 256 pixels on the long
// side. An empty picture has its focus in the middle. It is safe for concurrent use.
func Find(img image.Image) Focus {
	b := img.Bounds()
	if b.Empty() {
		return Focus{Point: Point{0.5, 0.5}}
	}
	t := finders.Get().(*finder)
	defer finders.Put(t)
	t.thumbnail(img)
	f := Focus{Faces: t.faces()}
	if len(f.Faces) > 0 {
		f.Point = group(f.Faces).Center()
		return f
	}
	f.Point = t.salient()
	f.Faceless, f.Headroom = true, t.headroom()
	return f
}

// finder looks at one photo after the other, in the same memory: about 800 KB.
type finder struct {
	thumb
	in     integral
	tones  tones
	levels [2]plane // the pyramid's, in turns
	cells  saliences
}

var finders = sync.Pool{New: func() any { return new(finder) }}

// group is the smallest part that holds all faces.
func group(faces []Face) Rect {
	all := faces[0].Rect
	for _, f := range faces[1:] {
		all.Min.X, all.Min.Y = min(all.Min.X, f.Min.X), min(all.Min.Y, f.Min.Y)
		all.Max.X, all.Max.Y = max(all.Max.X, f.Max.X), max(all.Max.Y, f.Max.Y)
	}
	return all
}
