package focus

// cell is the side of a saliency cell, pixels of the thumbnail.
const cell = 8

// salient is the centre of attention of a photo without faces: the centroid of the window, two
// fifths of each side, that gathers most edges, skin and saturation, weighed toward the middle.
func (t *thumb) salient() Point {
	m := t.saliency()
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

// saliences are values of cells, row by row.
type saliences struct {
	w, h int
	v    []int64
}

// saliency weighs each pixel: its step in brightness to its neighbours, how far its colour is
// from the photo's own, and whether it has the colour of skin.
func (t *thumb) saliency() saliences {
	m := saliences{w: (t.w + cell - 1) / cell, h: (t.h + cell - 1) / cell}
	m.v = make([]int64, m.w*m.h)
	cb, cr := mean(t.cb), mean(t.cr)
	for y := range t.h {
		for x := range t.w {
			m.v[y/cell*m.w+x/cell] += t.weigh(x, y, cb, cr)
		}
	}
	return m
}

func mean(plane []uint8) int {
	sum := 0
	for _, v := range plane {
		sum += int(v)
	}
	return sum / len(plane)
}

// most is what a step in brightness counts at most: past it, an edge is only harder.
const most = 32

// weigh is what a pixel adds.
func (t *thumb) weigh(x, y, cb, cr int) int64 {
	i := y*t.w + x
	v := min(most, abs(int(t.y[i])-int(t.y[y*t.w+min(x+1, t.w-1)])))
	v += min(most, abs(int(t.y[i])-int(t.y[min(y+1, t.h-1)*t.w+x])))
	v += max(abs(int(t.cb[i])-cb), abs(int(t.cr[i])-cr))
	if isSkin(t.cb[i], t.cr[i]) && t.cr[i] > 138 && t.y[i] > 40 {
		v += 8
	}
	return int64(v)
}

// central is 8 for a window of n cells in the middle of all, and 5 at their ends.
func (m saliences) central(at, n, all int) int64 {
	slack := all - n
	if slack == 0 {
		return 8
	}
	return int64(8 - 3*abs(2*at-slack)/slack)
}

func (m saliences) sum(x0, y0, x1, y1 int) (sum int64) {
	for y := y0; y < y1; y++ {
		for _, v := range m.v[y*m.w+x0 : y*m.w+x1] {
			sum += v
		}
	}
	return sum
}

// centroid is the middle of a part by its weights, half of it by the part itself.
func (m saliences) centroid(x0, y0, x1, y1 int) Point {
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
