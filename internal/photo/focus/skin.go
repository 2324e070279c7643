package focus

// isSkin reports whether a colour is in the range of human skin of all tones (Chai and Ngan, 1999), extended a
// little for coloured light.
func isSkin(cb, cr uint8) bool { return cb >= 75 && cb <= 130 && cr >= 131 && cr <= 178 }

// tones is an integral image: for each position, the number of pixels above and to the left that have the colour of
// skin and, in the upper half of the word, that have any colour. The sums may overflow, but their differences are
// correct.
type tones struct {
	w, h int
	sums []uint32 // in rows of stride
}

const coloured = 1 << 16

// count computes the sums for the thumbnail. It reuses the memory of s.
func (s *tones) count(t *thumb) {
	s.w, s.h, s.sums = t.w, t.h, resized(s.sums, stride*(t.h+1))
	clear(s.sums[:t.w+1])
	for y := range t.h {
		row := uint32(0)
		above, here := s.sums[y*stride:][:t.w+1], s.sums[(y+1)*stride:][:t.w+1]
		here[0] = 0
		cbs, crs := t.cb[y*t.w:][:t.w], t.cr[y*t.w:][:t.w]
		for x, cb := range cbs {
			a, b := &ofBlue[cb], &ofRed[crs[x]]
			row += a.skin & b.skin
			if a.far+b.far > 8 {
				row += coloured
			}
			here[x+1] = above[x+1] + row
		}
	}
}

// side describes one chroma value: whether it may be skin (1 or 0), and its distance from grey.
type side struct{ skin, far uint32 }

// ofBlue and ofRed have the sides of all values of Cb and Cr.
var ofBlue, ofRed = func() (blue, red [256]side) {
	for v := range 256 {
		blue[v].far, red[v].far = uint32(abs(v-128)), uint32(abs(v-128))
		if isSkin(uint8(v), 150) {
			blue[v].skin = 1
		}
		if isSkin(100, uint8(v)) {
			red[v].skin = 1
		}
	}
	return blue, red
}()

// likeSkin returns false if the centre of a window has colour, but less than a quarter of it is the colour of skin.
// Without colour it returns true.
func (s *tones) likeSkin(w window) bool {
	x0, x1 := w.x+w.w/4, min(w.x+w.w*3/4, s.w)
	y0, y1 := (w.y+w.h/4)*stride, min(w.y+w.h*3/4, s.h)*stride
	n := s.sums[y0+x0] - s.sums[y0+x1] - s.sums[y1+x0] + s.sums[y1+x1]
	all := uint32((x1 - x0) * (y1 - y0) / stride)
	return 4*(n/coloured) < all || 4*(n%coloured) >= all
}
