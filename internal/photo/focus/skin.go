package focus

import "newsroom.example/cards/internal/photo/faces"

// isSkin reports whether a colour is in the range of human skin of all tones (Chai and Ngan, 1999), extended a
// little for coloured light.
func isSkin(cb, cr uint8) bool { return cb >= 75 && cb <= 130 && cr >= 131 && cr <= 178 }

// likeSkin reports whether at least half of the pixels in the middle of a box have the colour of skin. In a photo
// without colour it is true.
func (t *thumb) likeSkin(b faces.Box) bool {
	if t.isGrey() {
		return true
	}
	quarter := func(from, to float64) (int, int) {
		return int((float64(3*from) + to) / 4), int((from + float64(3*to)) / 4)
	}
	x0, x1 := quarter(b.X0, b.X1)
	y0, y1 := quarter(b.Y0, b.Y1)
	like := 0
	for y := y0; y < y1; y++ {
		for x := x0; x < x1; x++ {
			if isSkin(t.cb[y*t.w+x], t.cr[y*t.w+x]) {
				like++
			}
		}
	}
	return 2*like >= (x1-x0)*(y1-y0)
}

// skinRow is the share of a row, in thousandths, that must have the colour of skin for it to begin there.
const skinRow = 30

// skin returns the share of pixels with the colour of skin, and where the first row of cells with it begins, as a share
// of the height: 1 if there is none.
func (t *thumb) skin() (share, top float64) {
	all, first := 0, t.h
	for y := range t.h {
		row := 0
		for x := range t.w {
			i := y*t.w + x
			if isSkin(t.cb[i], t.cr[i]) && t.cr[i] > 138 && t.y[i] > 40 {
				row++
			}
		}
		if all += row; 1000*row >= skinRow*t.w {
			first = min(first, y)
		}
	}
	return float64(all) / float64(t.w*t.h), float64(first) / float64(t.h)
}

// dull is the mean distance of colours from grey up to which a photo has none, in levels of Cb and Cr together.
const dull = 4

func (t *thumb) isGrey() bool {
	sum := 0
	for i, cb := range t.cb {
		sum += abs(int(cb)-128) + abs(int(t.cr[i])-128)
	}
	return sum <= dull*len(t.cb)
}

func abs(n int) int { return max(n, -n) }
