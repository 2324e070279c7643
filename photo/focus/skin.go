package focus

// isSkin is the part of the colour plane that skin of every tone falls into (Chai and Ngan,
// 1999), a little wider for coloured light.
func isSkin(cb, cr uint8) bool { return cb >= 75 && cb <= 130 && cr >= 131 && cr <= 178 }

// tones counts, above and left of each place, pixels with the colour of skin, and pixels with
// any colour in the upper half of the word. The sums may run over; a difference of them does not.
type tones struct {
	w, h int
	sums []uint32 // in rows of stride
}

const coloured = 1 << 16

func (t *thumb) tones() tones {
	s := tones{t.w, t.h, make([]uint32, stride*(t.h+1))}
	for y := range t.h {
		row := uint32(0)
		for x := range t.w {
			cb, cr := t.cb[y*t.w+x], t.cr[y*t.w+x]
			if isSkin(cb, cr) {
				row++
			}
			if abs(int(cb)-128)+abs(int(cr)-128) > 8 {
				row += coloured
			}
			s.sums[(y+1)*stride+x+1] = s.sums[y*stride+x+1] + row
		}
	}
	return s
}

// likeSkin doubts a window whose middle is in colour, but less than a quarter of it in that of
// skin. Where there is no colour, nothing can be said.
func (s tones) likeSkin(w window) bool {
	x0, x1 := w.x+w.w/4, min(w.x+w.w*3/4, s.w)
	y0, y1 := (w.y+w.h/4)*stride, min(w.y+w.h*3/4, s.h)*stride
	n := s.sums[y0+x0] - s.sums[y0+x1] - s.sums[y1+x0] + s.sums[y1+x1]
	all := uint32((x1 - x0) * (y1 - y0) / stride)
	return 4*(n/coloured) < all || 4*(n%coloured) >= all
}
