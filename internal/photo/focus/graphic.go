package focus

import (
	"image"
	"image/color"
)

// Graphic is what is known of a picture that is no photograph: a chart, a map, a screenshot, a document, a logo.
type Graphic struct {
	Plain  bool        // nearly all of its border has one colour
	Ground color.NRGBA // this colour
}

// graphic returns what is known of a picture that is no photograph, or nil. A picture with a face of some size is a
// photograph, unless it has no texture at all, and so is a page that shows little else than a face.
func (f *finder) graphic(img image.Image, faces []Face) *Graphic {
	s, face := f.study(img), 0.0
	if len(faces) > 0 {
		face = faces[0].area()
	}
	switch {
	case s.drawn() && (face < someFace || 300*s.of[isRough] <= s.pixels):
	case s.printed() && face < pageFace:
	default:
		return nil
	}
	return borderOf(img)
}

// Areas of faces: of one that is not just an icon in a screenshot, and of one that is more than a picture on a page.
const (
	someFace = 0.005
	pageFace = 0.06
)

// drawn reports whether the lines are those of a graphic. Shares are in thousandths. The limits lie between the
// graphics and the photographs of bench/focus: see docs/photos.md.
func (s *strokes) drawn() bool {
	flat, near, rough := share(s.of[isFlat], s.pixels), share(s.of[isNear], s.pixels), share(s.of[isRough], s.pixels)
	ground := share(s.ground(), s.pixels-s.of[isNear])
	crisp := share(near, 1000-flat) // of what is not flat: letters and lines, rather than the shades of things
	switch {
	case s.edges*500 < s.pixels && near < 5: // a wall, mist, or the night
		return false
	case near >= 280 && ground >= 900, near >= 150 && ground >= 950: // letters on paper, however it was scanned
		return true
	case near >= 20 && ground >= 970 && s.bright(): // a few lines of them
		return true
	case flat < 270 || share(s.top(), s.of[isFlat]) < 550: // the shades of a sky
		return false
	case crisp >= 280:
		mostRough := 45
		if near >= 250 || ground >= 900 { // where there are many edges, JPEG leaves more between them
			mostRough = 110
		}
		return flat >= 600 && rough <= 20 || flat+near >= 775 && rough <= mostRough
	}
	return crisp >= 180 && flat >= 750 && rough <= 12 // a drawing with shades
}

// printed reports whether the lines are those of a page, with shades or photographs on it: straight edges as long as
// eight tenths of a side, and two marks on each line; or a frame around few marks.
func (s *strokes) printed() bool {
	flat := share(s.of[isFlat], s.pixels)
	marked := s.marks >= 2*linesEach && flat >= 220 || s.marks >= 7*linesEach/2 && flat >= 150
	framed := s.marks >= linesEach && flat >= 250 && s.straight >= 3*linesEach && 5*s.longest >= 4*linesEach
	return marked && s.straight >= 4*linesEach/5 || framed
}
