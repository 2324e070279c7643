package jpeg

import (
	"image"
	"math"

	"newsroom.example/cards/internal/simd"
)

// scanner decodes the MCUs of a scan in order.
type scanner struct {
	reader
	plan   *plan
	dc     [3]int32 // DC values from which the next are predicted
	until  int      // MCUs before the next restart marker
	marker uint8    // the next restart marker
	coeffs *[planCoeffs]int32
}

// begin starts at the first MCU of a scan. It sets the mark at the given offset, in bytes, unless that is 0.
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

// release drops the reference to the file, so that an idle scanner does not keep it in memory.
func (s *scanner) release() { s.src, s.behind = nil, nil }

// restart continues after the next restart marker; every is the number of MCUs between two of them. It
// returns false if the marker is missing.
func (s *scanner) restart(every int) bool {
	if !s.resume(s.marker) {
		return false
	}
	s.dc, s.until, s.marker = [3]int32{}, every, markRST0|(s.marker+1)&7
	return true
}

// decode decodes MCUs into the coefficients: those from first to last-1 of the plan. On an error, done is
// the MCU that could not be decoded.
func (s *scanner) decode(p *plan, first, last int) (done int, err error) {
	if simd.AVX2 {
		return s.run(p, first, last, decodeAVX2)
	}
	return s.run(p, first, last, (*scanner).mcus)
}

// run is decode with mcus or a function that does the same.
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
	if s.spent() { // by the last MCU: mcus returns at the end of the window
		return done - 1, foreign("data ends too early")
	}
	s.until -= last - first
	return done, nil
}

// mcus decodes the MCUs from first to last-1, but stops when the window must be refilled. It decodes at
// least one. decodeAVX2 does the same.
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

// scan decodes MCUs, from MCU i on, to the last row of the region or past the mark. It returns the index of
// the next MCU.
func (j *job) scan(s *scanner, i int) (int, error) {
	for i < j.end && !s.past() {
		n, err := j.step(s, i, j.mcusX)
		if err != nil {
			return i, err
		}
		if i += n; i%j.mcusX == 0 {
			yield()
		}
	}
	return i, nil
}

// step decodes MCU i and its successors, at most most in all, and computes the samples of those in the
// region. It returns their number.
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

// next returns the plan for the MCU at a place, and for how many MCUs from there on it is the same.
func (j *job) next(at image.Point) (*plan, int) {
	switch {
	case at.Y < j.mcus.Min.Y || at.X >= j.mcus.Max.X:
		return j.over, j.mcusX - at.X
	case at.X < j.mcus.Min.X:
		return j.over, j.mcus.Min.X - at.X
	}
	return j.kept, j.mcus.Max.X - at.X
}

// transform computes the samples of n MCUs of the plan, from first on. The first is MCU i of the picture.
// All must be in the region and in one row.
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
