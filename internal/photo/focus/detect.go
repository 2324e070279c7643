package focus

import "slices"

// The size of a level is 10/13 of that of the previous one.
const shrinkNum, shrinkDen = 10, 13

// window is a window that passed a cascade, in pixels of the thumbnail.
type window struct {
	x, y, w, h int
	seen       int // places from which it was let pass
	merged     int // windows that were summed into it
}

// plane is one level of the pyramid, with the memory for computing it. Behind its pixels there is room for lanes more.
type plane struct {
	w, h  int
	pix   []uint8
	mixed []uint32
	at    []between
}

// between is a position between two pixels: the index of the first, and the distance from it in 1/256.
type between struct {
	from int32
	part uint32
}

// faces detects frontal and profile faces, on all levels of the pyramid.
func (f *finder) faces() []Face {
	kinds := cascades()
	var frontal, profile []window
	in, n := &f.in, stride*(f.h+1)
	in.sum, in.square = resized(in.sum, n+reach), resized(in.square, n)
	f.tones.count(&f.thumb)
	level := plane{w: f.w, h: f.h, pix: f.y}
	for i := 0; min(level.w, level.h) >= kinds.frontal.width; i++ {
		in.fill(level)
		frontal = in.scan(kinds.frontal, level, &f.tones, false, frontal)
		if i >= profileFrom {
			profile = in.scan(kinds.profile, level, &f.tones, false, profile)
			level.mirror()
			in.fill(level)
			profile = in.scan(kinds.profile, level, &f.tones, true, profile)
			level.mirror()
		}
		f.levels[i&1] = level.shrink(f.levels[i&1])
		level = f.levels[i&1]
	}
	return f.choose(frontal, profile)
}

// profileFrom is the first level on which profile faces are detected.
const profileFrom = 3

// mirror exchanges left and right.
func (p plane) mirror() {
	for y := range p.h {
		slices.Reverse(p.pix[y*p.w : (y+1)*p.w])
	}
}

// flat is the variance of brightness below which a window has no face.
const flat = 100

// step returns the distance between windows, in pixels. It is larger on the large levels, which take the most time.
func (p plane) step() int {
	if p.w*p.h > 12_000 {
		return 3
	}
	return 2
}

// scan moves the cascade's window over a level and appends the windows that pass. If mirrored is set, the level is
// mirrored. Where a window does not resemble a face, it moves twice as far.
func (in *integral) scan(c *cascade, p plane, tones *tones, mirrored bool, found []window) []window {
	scale, step := tones.w<<16/p.w, p.step()
	for y := 0; y+c.height <= p.h; y += step {
		for x := 0; x+c.width <= p.w; x += step {
			w := window{x * scale >> 16, y * scale >> 16, c.width * scale >> 16, c.height * scale >> 16, 0, 1}
			if mirrored {
				w.x = tones.w - w.x - w.w
			}
			at := y*stride + x
			if in.isFlat(at, c) || !tones.likeSkin(w) {
				x += step - 1
				continue
			}
			n := c.passed(in.sum[at:])
			if n == 0 {
				x += step - 1
			}
			if n < len(c.stages)/hopeful {
				continue
			}
			if w.seen = in.around(c, p, x, y); w.seen > 0 {
				found = append(found, w)
			}
		}
	}
	return found
}

// hopeful: if a window passes 1/hopeful of the stages, its neighbours are examined too.
const hopeful = 3

// around returns the number of positions, at most one pixel from x, y, at which the window passes. A face passes at
// most of them, an accidental similarity at few.
func (in *integral) around(c *cascade, p plane, x, y int) (seen int) {
	for y0 := max(0, y-1); y0 <= min(y+1, p.h-c.height); y0++ {
		for x0 := max(0, x-1); x0 <= min(x+1, p.w-c.width); x0++ {
			if c.passed(in.sum[y0*stride+x0:]) == len(c.stages) {
				seen++
			}
		}
	}
	return seen
}

// isFlat reports whether the variance of brightness in the window is below flat.
func (in *integral) isFlat(at int, c *cascade) bool {
	n := uint64(c.width * c.height)
	right, foot := at+c.width, at+c.height*stride
	far := foot + c.width
	sum := uint64(in.sum[at] - in.sum[right] - in.sum[foot] + in.sum[far])
	square := uint64(in.square[at] - in.square[right] - in.square[foot] + in.square[far])
	return n*square-sum*sum < flat*n*n
}

// shrink returns the next level, in the memory of q. Pixels are interpolated linearly between four neighbours, in
// units of 1/256: first between two rows, then within the row.
func (p plane) shrink(q plane) plane {
	q.w, q.h = p.w*shrinkNum/shrinkDen, p.h*shrinkNum/shrinkDen
	q.pix, q.mixed, q.at = resized(q.pix, q.w*q.h+lanes)[:q.w*q.h], resized(q.mixed, p.w+1), resized(q.at, q.w)
	for x := range q.at {
		sx := (2*x+1)*p.w*128/q.w - 128
		q.at[x] = between{int32(sx >> 8), uint32(sx & 255)}
	}
	for y := range q.h {
		sy := (2*y+1)*p.h*128/q.h - 128
		y0, fy := sy>>8, uint32(sy&255)
		top, foot := p.pix[y0*p.w:][:p.w], p.pix[min(y0+1, p.h-1)*p.w:][:p.w]
		for x, v := range top {
			q.mixed[x] = uint32(v)*(256-fy) + uint32(foot[x])*fy
		}
		q.mixed[p.w] = q.mixed[p.w-1]
		out := q.pix[y*q.w:][:q.w]
		for x, at := range q.at[:len(out)] {
			two := q.mixed[at.from : at.from+2 : at.from+2]
			out[x] = uint8((two[0]*(256-at.part) + two[1]*at.part + 1<<15) >> 16)
		}
	}
	return q
}
