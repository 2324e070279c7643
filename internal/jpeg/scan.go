package jpeg

import (
	"image"
	"math"

	"newsroom.example/cards/internal/simd"
)

// scanner decodes the MCUs of a scan, one after the other.
type scanner struct {
	reader
	plan   *plan
	dc     [3]int32 // what the next means are predicted from
	until  int      // MCUs before the next restart marker
	marker uint8    // which that is
	coeffs *[planCoeffs]int32
}

// begin goes to the first MCU of a scan, and marks a place in its bytes, if it is not 0.
func (s *scanner) begin(p *Picture, mark int) {
	if s.coeffs == nil {
		s.coeffs = new([planCoeffs]int32)
	}
	if mark > 0 {
		s.start(p.scan[:mark], p.scan[mark:])
	} else {
		s.start(p.scan, nil)
	}
	s.dc, s.until, s.marker = [3]int32{}, p.restart, markRST0
	if p.restart == 0 {
		s.until = math.MaxInt
	}
}

// letGo forgets the file, which a scanner that waits for its next picture must not hold.
func (s *scanner) letGo() { s.src, s.behind = nil, nil }

// restart goes on behind the marker that must follow, every so many MCUs. Fill bytes may stand
// before it (T.81, B.1.1.2).
func (s *scanner) restart(every int) bool {
	for len(s.src) > 2 && s.src[0] == 0xff && s.src[1] == 0xff {
		s.src = s.src[1:]
	}
	if s.spent() || s.left() > 0 || !s.whole || len(s.src) < 2 || s.src[1] != s.marker {
		return false
	}
	s.start(s.src[2:], nil)
	s.dc, s.until, s.marker = [3]int32{}, every, markRST0|(s.marker+1)&7
	return true
}

// decode reads MCUs into the coefficients: from the first to before the last of those that the
// plan takes. It tells before which one it stopped for the error.
func (s *scanner) decode(p *plan, first, last int) (done int, err error) {
	if simd.AVX2 {
		return s.run(p, first, last, decodeAVX2)
	}
	return s.run(p, first, last, (*scanner).mcus)
}

// run decodes by a function that is mcus, or does as mcus does.
func (s *scanner) run(p *plan, first, last int,
	mcus func(s *scanner, first, last int) (done int, ok bool)) (done int, err error) {
	s.plan, done = p, first
	p.clear(s.coeffs, first, last)
	for done < last {
		var ok bool
		if s.pos > s.refill {
			if s.spent() {
				break
			}
			s.more()
		}
		if done, ok = mcus(s, done, last); !ok {
			return done, foreign("code")
		}
	}
	if s.spent() { // by the last of them: the window ends each call there
		return done - 1, foreign("data ends too early")
	}
	s.until -= last - first
	return done, nil
}

// mcus decodes MCUs from the first on, to before the last one or until the window must be filled
// up, but one at least. It is what decodeAVX2 does.
func (s *scanner) mcus(first, last int) (done int, ok bool) {
	p := s.plan
	for done = first; done < last; {
		for i := range p.blocks[:p.count] {
			b := &p.blocks[i]
			out := s.coeffs[b.at+done*b.step:][:p.points*p.points]
			difference, ok := s.coefficients(b, p.keep, out)
			if !ok {
				return done, false
			}
			s.dc[b.comp] += difference
			out[0] = s.dc[b.comp]
		}
		if done++; s.pos > s.refill {
			break
		}
	}
	return done, true
}

// scan reads MCUs, from the i-th on, up to the last kept row, or until the mark is past. It tells
// where it stopped.
func (j *job) scan(s *scanner, i int) (int, error) {
	for i < j.end && !s.past() {
		n, err := j.step(s, i, j.mcusX)
		if err != nil {
			return i, err
		}
		i += n
	}
	return i, nil
}

// step reads the i-th MCU, and others that follow, most in all, and makes samples of those that
// are kept. It tells how many they were.
func (j *job) step(s *scanner, i, most int) (int, error) {
	if s.until == 0 && !s.restart(j.restart) {
		return 0, foreign("restart marker")
	}
	p, n := j.next(image.Pt(i%j.mcusX, i/j.mcusX))
	n = min(n, s.until, p.most, most)
	if _, err := s.decode(p, 0, n); err != nil {
		return 0, err
	}
	if p == j.kept {
		j.transform(s.coeffs, 0, n, i)
	}
	return n, nil
}

// next tells how the MCU at a place is to be decoded, and how many others that follow.
func (j *job) next(at image.Point) (*plan, int) {
	switch {
	case at.Y < j.mcus.Min.Y || at.X >= j.mcus.Max.X:
		return j.over, j.mcusX - at.X
	case at.X < j.mcus.Min.X:
		return j.over, j.mcus.Min.X - at.X
	}
	return j.kept, j.mcus.Max.X - at.X
}

// transform makes samples of the coefficients of n MCUs of a plan, from the first on, which is the
// picture's i-th. They are kept, and in a row.
func (j *job) transform(coeffs *[planCoeffs]int32, first, n, i int) {
	points, base := j.kept.points, 0
	at := image.Pt(i%j.mcusX, i/j.mcusX).Sub(j.mcus.Min)
	for comp, c := range j.comps {
		to := j.planes[comp]
		each := c.h * points * points
		for v := range c.v {
			out := to.pix[(at.Y*c.v+v)*points*to.stride+at.X*c.h*points:]
			inverse(points, out, to.stride, coeffs[base+first*each:base+(first+n)*each], &j.quants[comp])
			base += j.kept.most * each
		}
	}
}
