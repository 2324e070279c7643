package focus

import "image"

// A graphic is recognised on lines across the picture, in both directions, at the full resolution that is given.
const (
	linesEach = 48   // in each direction
	longLine  = 1024 // pixels; of longer lines every second pixel is looked at, or every third, ...
)

// Differences between neighbouring pixels, in levels, and lengths in pixels.
const (
	hard    = 34 // an edge of a shape or a letter
	slow    = 3  // less than the texture of things and the noise of cameras
	reach   = 8  // around an edge, where letters are smoothed and JPEG leaves ripples
	flatRun = 12 // of equal pixels that are drawn
)

// The kinds of pixels on a line.
const (
	isRough = iota // texture and noise
	isSoft         // hardly different from the pixel before
	isNear         // near an edge
	isFlat         // in a run of equal colour
)

// strokes are what the lines show: how many pixels there are of each kind.
type strokes struct {
	pixels int
	of     [4]int          // by kind
	edges  int             // differences that are hard
	tones  [64]int         // pixels that are not near an edge, by a quarter of their brightness
	flats  [1 << 16]uint32 // flat pixels, by brightness and twice four bits of chroma
	page

	// Of the line that is looked at: kinds, and differences from the pixel before.
	kinds, differences [longLine]uint8
}

// study looks at the lines of a picture.
func (f *finder) study(img image.Image) *strokes {
	s := &f.strokes
	*s = strokes{}
	b := img.Bounds()
	f.lines(img, (b.Dx()+longLine-1)/longLine, max(1, b.Dy()/linesEach))
	for y := range f.h {
		at := y * f.w
		s.add(f.y[at:], f.cb[at:], f.cr[at:], f.w, 1)
	}
	if s.textured() {
		return s
	}
	s.turn()
	f.lines(img, max(1, b.Dx()/linesEach), (b.Dy()+longLine-1)/longLine)
	for x := range f.w {
		s.add(f.y[x:], f.cb[x:], f.cr[x:], f.h, f.w)
	}
	return s
}

// textured reports whether the rows alone are so unlike those of a drawing that the columns cannot change it.
func (s *strokes) textured() bool {
	drawn := share(s.of[isFlat]+s.of[isNear], s.pixels) >= 600
	written := share(s.of[isNear], s.pixels) >= 100 && share(s.ground(), s.pixels-s.of[isNear]) >= 800
	paged := s.straight >= linesEach/2 || s.marks >= linesEach/2 || share(s.of[isFlat], s.pixels) >= 250
	return !drawn && !written && !paged
}

// share returns a part of a whole in thousandths.
func share(n, of int) int { return 1000 * n / max(1, of) }

// lines makes a thumbnail of every stepX-th column and every stepY-th row, beginning in the middle of a step.
func (t *thumb) lines(img image.Image, stepX, stepY int) {
	b := img.Bounds()
	t.w, t.h = max(1, b.Dx()/stepX), max(1, b.Dy()/stepY)
	t.xs, t.ys = every(t.xs, stepX, t.w), every(t.ys, stepY, t.h)
	t.sample(img)
}

func every(out []two, step, n int) []two {
	out = resized(out, n)
	for i := range out {
		at := uint32(i*step + step/2)
		out[i] = two{at, at}
	}
	return out
}

// add looks at a line of n pixels, at most longLine, which are apart by stride.
func (s *strokes) add(y, cb, cr []uint8, n, stride int) {
	s.pixels += n
	kinds := s.kinds[:n]
	start, edge := 0, -reach-1 // of the run of equal pixels; the last edge
	for x, i := 0, 0; x < n; x, i = x+1, i+stride {
		d := 0
		if x > 0 {
			j := i - stride
			d = max(abs(int(y[i])-int(y[j])), abs(int(cb[i])-int(cb[j])), abs(int(cr[i])-int(cr[j])))
		}
		if d > 0 {
			j := start * stride
			s.run(kinds[start:x], y[j], cb[j], cr[j])
			start = x
		}
		s.differences[x] = uint8(d)
		switch {
		case d >= hard:
			s.edges++
			edge = x
			for k := x; k >= max(0, x-reach) && (k == x || kinds[k] != isFlat); k-- {
				kinds[k] = isNear
			}
		case x-edge <= reach:
			kinds[x] = isNear
		case d <= slow:
			kinds[x] = isSoft
		default:
			kinds[x] = isRough
		}
	}
	j := start * stride
	s.run(kinds[start:], y[j], cb[j], cr[j])
	s.look(y, s.differences[:n], stride)
	for x, k := range kinds {
		s.of[k]++
		if k != isNear {
			s.tones[y[x*stride]>>2]++
		}
	}
}

// run adds a run of equal pixels.
func (s *strokes) run(kinds []uint8, y, cb, cr uint8) {
	if len(kinds) < flatRun {
		return
	}
	for i := range kinds {
		kinds[i] = isFlat
	}
	s.flats[int(y)<<8|int(cb>>4)<<4|int(cr>>4)] += uint32(len(kinds))
}

// ground returns how many of the pixels that are not near an edge are in one range of brightness, of 24 levels.
func (s *strokes) ground() int {
	most, _ := modal(&s.tones)
	return most
}

// bright reports whether this range is that of paper.
func (s *strokes) bright() bool {
	_, last := modal(&s.tones)
	return 4*last >= 180
}

// modal returns how many pixels are in the range of 24 levels of brightness that has the most, and the last of its
// quarters. tones counts pixels by a quarter of their brightness.
func modal(tones *[64]int) (most, last int) {
	const levels = 6
	sum := 0
	for i, n := range tones {
		sum += n
		if i >= levels {
			sum -= tones[i-levels]
		}
		if sum > most {
			most, last = sum, i
		}
	}
	return most, last
}

// top returns how many flat pixels have one of the twelve most frequent colours.
func (s *strokes) top() (sum int) {
	var most [12]uint32
	last := len(most) - 1
	for _, n := range s.flats {
		if n <= most[last] {
			continue
		}
		k := last
		for ; k > 0 && most[k-1] < n; k-- {
			most[k] = most[k-1]
		}
		most[k] = n
	}
	for _, n := range most {
		sum += int(n)
	}
	return sum
}
