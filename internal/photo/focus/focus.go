// Package focus finds the focal point of a photo: faces, or else the area with the most edges, skin and strong
// colours. It also chooses the crop of the photo that a card shows. It works on thumbnails with integers, so that a
// photo has the same focus on every machine.
package focus

import (
	"image"
	"image/color"
	"sync"
)

// Point is a point in a photo or on a card, as fractions of its width and height from the top left.
type Point struct{ X, Y float64 }

// Rect is a part of a photo or card, as fractions of its width and height from the top left.
type Rect struct{ Min, Max Point }

// Center returns the centre of the rectangle.
func (r Rect) Center() Point {
	return Point{float64(r.Min.X+r.Max.X) / 2, float64(r.Min.Y+r.Max.Y) / 2}
}

// area returns the area as a fraction of the whole; 0 if the rectangle is empty.
func (r Rect) area() float64 {
	return float64(max(0, r.Max.X-r.Min.X) * max(0, r.Max.Y-r.Min.Y))
}

// Face is a detected face: from the forehead to the chin, and from cheek to cheek.
type Face struct {
	Rect
	Confidence float64 // greater than 0, at most 1
}

// Focus is the focus of a photo. The zero Focus has its point at the top left; Find never returns it.
type Focus struct {
	Faces []Face // the largest first; nil if there are none
	Point Point  // focal point

	// Faceless says that no face was found. In that case Headroom is the share of the photo's height, from the top,
	// that has no visible detail, Skin is the share of pixels that have the colour of skin, and SkinTop is where these
	// begin, as a share of the height.
	Faceless      bool
	Headroom      float64
	Skin, SkinTop float64

	Edge    *color.NRGBA // of a photograph, the colour of most of its border; nil if it has several
	Graphic *Graphic     // what is known of a picture that is no photograph; nil for a photograph
}

// What a crop looks at.
const (
	ByGraphic  = "graphic"  // a graphic, such as a chart: it is shown whole
	ByFaces    = "faces"    // faces that were found
	ByFigure   = "figure"   // skin without a face: the crop leans up, to where heads are
	BySalience = "salience" // edges and colours
	ByMiddle   = "middle"   // nothing: the photo is shown whole, or is empty
)

// By returns what a crop with this focus looks at.
func (f Focus) By() string {
	switch {
	case f.Graphic != nil:
		return ByGraphic
	case len(f.Faces) > 0:
		return ByFaces
	case f.Faceless && f.Skin >= someSkin:
		return ByFigure
	case f.Faceless:
		return BySalience
	}
	return ByMiddle
}

// Find returns the focus of an upright photo of any size. It samples at most 512 pixels of the longer side. The focal
// point of an empty picture is its centre. Find is safe for concurrent use.
func Find(img image.Image) Focus {
	b := img.Bounds()
	if b.Empty() {
		return Focus{Point: Point{0.5, 0.5}}
	}
	t := finders.Get().(*finder)
	defer finders.Put(t)
	f := Focus{Faces: t.faces(img)}
	if f.Graphic = t.graphic(img, f.Faces); f.Graphic != nil {
		f.Faces, f.Point = nil, Point{0.5, 0.5}
		return f
	}
	f.Edge = edgeOf(img)
	if len(f.Faces) > 0 {
		f.Point = group(f.Faces).Center()
		return f
	}
	t.thumbnail(img, overview)
	f.Point = t.salient()
	f.Faceless, f.Headroom = true, t.headroom()
	f.Skin, f.SkinTop = t.skin()
	return f
}

// finder has the memory for finding a focus, at most 1 MB. It is reused, and must not be used concurrently.
type finder struct {
	thumb
	cells saliences
	strokes
}

var finders = sync.Pool{New: func() any { return new(finder) }}

// group returns the smallest rectangle that contains all faces.
func group(faces []Face) Rect {
	all := faces[0].Rect
	for _, f := range faces[1:] {
		all.Min.X, all.Min.Y = min(all.Min.X, f.Min.X), min(all.Min.Y, f.Min.Y)
		all.Max.X, all.Max.Y = max(all.Max.X, f.Max.X), max(all.Max.Y, f.Max.Y)
	}
	return all
}
