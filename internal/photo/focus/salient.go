package focus

import "newsroom.example/cards/internal/simd"

// cell is the side of a saliency cell, in pixels of the thumbnail.
const cell = 8

// salient returns the focal point of a photo without faces: the centroid of the window, of two fifths of each side,
// with the most edges, skin and saturation. Windows near the centre have a higher weight.
func (f *finder) salient() Point {
	m := &f.cells
	m.weigh(&f.thumb)
	w, h := max(1, m.w*2/5), max(1, m.h*2/5)
	best, bx, by := int64(-1), 0, 0
	for y := 0; y+h <= m.h; y++ {
		for x := 0; x+w <= m.w; x++ {
			score := m.sum(x, y, x+w, y+h) * m.central(x, w, m.w) * m.central(y, h, m.h)
			if score > best {
				best, bx, by = score, x, y
			}
		}
	}
	return m.centroid(bx, by, bx+w, by+h)
}

// saliences are the values of the cells, row by row.
type saliences struct {
	w, h int
	v    []int64
}

// weigh computes the values of the cells from each pixel of the thumbnail: its difference in brightness to its
// neighbours, the distance of its colour from the photo's mean colour, and whether it has the colour of skin.
func (m *saliences) weigh(t *thumb) {
	m.w, m.h = (t.w+cell-1)/cell, (t.h+cell-1)/cell
	m.v = resized(m.v, m.w*m.h)
	clear(m.v)
	cb, cr := mean(t.cb), mean(t.cr)
	for y := range t.h {
		next := min(y+1, t.h-1)
		r := pixels{t.y[y*t.w:][:t.w], t.y[next*t.w:][:t.w], t.cb[y*t.w:][:t.w], t.cr[y*t.w:][:t.w]}
		r.weigh(m.v[y/cell*m.w:][:m.w], cb, cr)
	}
}

func mean(plane []uint8) int {
	sum := 0
	for _, v := range plane {
		sum += int(v)
	}
	return sum / len(plane)
}

// most is the maximum value of a difference in brightness. Beyond it, an edge is sharper but not more important.
const most = 32

// pixels is a row of the thumbnail: its brightness, that of the row below, and its colour.
type pixels struct{ y, below, cb, cr []uint8 }

// weigh adds the values of the pixels to their cells, most of them with AVX2 if available. The last pixel has no
// neighbour to the right.
func (r *pixels) weigh(cells []int64, cb, cr int) {
	done := 0
	if n := (len(r.y) - 1) &^ 31; simd.AVX2 && n > 0 {
		_, _, _, _ = cells[n/cell-1], r.below[n-1], r.cb[n-1], r.cr[n-1]
		weighAVX2(cells, r, n, uint8(cb), uint8(cr))
		done = n
	}
	r.weighFrom(done, cells, cb, cr)
}

// weighFrom is weigh for the pixels from first on.
func (r *pixels) weighFrom(first int, cells []int64, cb, cr int) {
	last := len(r.y) - 1
	for x := first; x <= last; x++ {
		here, blue, red := int(r.y[x]), int(r.cb[x]), int(r.cr[x])
		v := min(most, abs(here-int(r.y[min(x+1, last)]))) + min(most, abs(here-int(r.below[x])))
		v += max(abs(blue-cb), abs(red-cr))
		if isSkin(r.cb[x], r.cr[x]) && red > 138 && here > 40 {
			v += 8
		}
		cells[x/cell] += int64(v)
	}
}

// central returns the weight of a window of n cells among all cells: 8 in the centre, 5 at the ends.
func (m *saliences) central(at, n, all int) int64 {
	slack := all - n
	if slack == 0 {
		return 8
	}
	return int64(8 - 3*abs(2*at-slack)/slack)
}

func (m *saliences) sum(x0, y0, x1, y1 int) (sum int64) {
	for y := y0; y < y1; y++ {
		for _, v := range m.v[y*m.w+x0 : y*m.w+x1] {
			sum += v
		}
	}
	return sum
}

// centroid returns the mean of the centre of a part and its centre of gravity.
func (m *saliences) centroid(x0, y0, x1, y1 int) Point {
	var sx, sy, all int64
	for y := y0; y < y1; y++ {
		for x := x0; x < x1; x++ {
			v := m.v[y*m.w+x]
			sx, sy, all = sx+v*int64(2*x+1), sy+v*int64(2*y+1), all+v
		}
	}
	if all == 0 {
		return Point{0.5, 0.5}
	}
	return Point{float64(sx) / float64(all*2*int64(m.w)), float64(sy) / float64(all*2*int64(m.h))}
}
