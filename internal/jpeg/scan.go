package jpeg

import (
	"image"
	"math"

	"cards/internal/simd"
)

// scanner decodes the MCUs of a scan, one after the other.
type scanner struct {
	reader
	plan   *plan
	dc     [3]int32 // what the next means are predicted from
	until  int      // MCUs before the next restart marker
	marker uint8    // which that is
	coeffs [planCoeffs]int32
}

// begin goes to the first MCU of a scan.
func (s *scanner) begin(p *Picture) {
	s.start(p.scan)
	s.dc, s.until, s.marker = [3]int32{}, p.restart, markRST0
	if p.restart == 0 {
		s.until = math.MaxInt
	}
}

// restart goes on behind the marker that must follow, every so many MCUs. Fill bytes may stand
// before it (T.81, B.1.1.2).
func (s *scanner) restart(every int) bool {
	for len(s.src) > 2 && s.src[0] == 0xff && s.src[1] == 0xff {
		s.src = s.src[1:]
	}
	if s.spent() || s.left() > 0 || !s.whole || len(s.src) < 2 || s.src[1] != s.marker {
		return false
	}
	s.start(s.src[2:])
	s.dc, s.until, s.marker = [3]int32{}, every, markRST0|(s.marker+1)&7
	return true
}

// decode reads n MCUs, at most as many as the plan takes, into the coefficients.
func (s *scanner) decode(p *plan, n int) error {
	if simd.AVX2 {
		return s.run(p, n, decodeAVX2)
	}
	return s.run(p, n, (*scanner).mcus)
}

// run decodes by a function that is mcus, or does as mcus does.
func (s *scanner) run(p *plan, n int, mcus func(s *scanner, first, last int) (done int, ok bool)) error {
	s.plan = p
	if p.points > 1 {
		clear(s.coeffs[:p.size])
	}
	for done, ok := 0, true; done < n; {
		if s.pos > s.refill {
			if s.spent() {
				return foreign("data ends too early")
			}
			s.more()
		}
		if done, ok = mcus(s, done, n); !ok {
			return foreign("code")
		}
	}
	s.until -= n
	return nil
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

// scan reads the MCUs up to the last kept row.
func (d *Decoder) scan(j *job) error {
	s := &d.scanner
	s.begin(j.Picture)
	for my := range j.mcus.Max.Y {
		for mx := 0; mx < j.mcusX; {
			if s.until == 0 && !s.restart(j.restart) {
				return foreign("restart marker")
			}
			p, n := j.next(image.Pt(mx, my))
			n = min(n, s.until, p.most)
			if err := s.decode(p, n); err != nil {
				return err
			}
			if p == j.kept {
				j.transform(s.coeffs[:p.size], image.Pt(mx, my).Sub(j.mcus.Min), n)
			}
			mx += n
		}
		if s.spent() {
			return foreign("data ends too early")
		}
	}
	return nil
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

// transform makes samples of n MCUs' coefficients; at is the first one among those that are kept.
func (j *job) transform(coeffs []int32, at image.Point, n int) {
	points := j.kept.points
	for i, c := range j.comps {
		to := j.planes[i]
		width := c.h * points * points
		for v := range c.v {
			out := to.pix[(at.Y*c.v+v)*points*to.stride+at.X*c.h*points:]
			inverse(points, out, to.stride, coeffs[:n*width], &j.quants[i])
			coeffs = coeffs[j.kept.most*width:]
		}
	}
}
