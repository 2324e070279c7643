package jpeg

import (
	"image"
	"sync/atomic"
)

// strip encodes several rows of MCUs. Strips can encode the parts of a picture concurrently.
type strip struct {
	samples samples
	levels  levels
	dc      [3]int16 // of the previous MCU: Y, Cb, Cr
	emitter emitter
}

// pass is one encoding of a picture at one quality.
type pass struct {
	picture      *image.RGBA // nil if coefs has the coefficients already
	coefs        []mcu       // of all MCUs, row by row; nil if they are not kept
	across, down int         // size in MCUs
	luma, chroma *quantiser
	limit        int          // bytes after which the strips may stop writing
	made         atomic.Int64 // bytes written by all strips
}

// at sets the quantisers for a quality and returns the pass.
func (p *pass) at(quality int) *pass {
	p.made.Store(0)
	p.luma, p.chroma = newQuantiser(&quantLuma, quality), newQuantiser(&quantChroma, quality)
	return p
}

// encode encodes the rows from first to end-1. Once all strips together exceed the limit, it only
// computes coefficients.
func (s *strip) encode(p *pass, first, end int) {
	s.emitter = emitter{out: s.emitter.out}
	s.predict(p, first*p.across)
	for row := first; row < end; row++ {
		before := s.emitter.at
		s.row(p, row)
		p.made.Add(int64(s.emitter.at - before))
		yield()
	}
}

func (s *strip) row(p *pass, row int) {
	var one mcu
	within := p.made.Load() <= int64(p.limit)
	if p.picture == nil && !within {
		return
	}
	for col := range p.across {
		coefs := &one
		if p.coefs != nil {
			coefs = &p.coefs[row*p.across+col]
		}
		if p.picture != nil {
			s.samples.read(p.picture, 16*col, 16*row)
			s.samples.transform(coefs)
		}
		if within {
			s.quantise(p, coefs)
			s.emitter.mcu(&s.levels)
		}
	}
}

// predict sets the DC levels from which those of the MCU are predicted: those of the MCU before it.
func (s *strip) predict(p *pass, index int) {
	s.dc = [3]int16{}
	switch index--; {
	case index < 0:
	case p.picture == nil:
		s.quantise(p, &p.coefs[index])
	default: // another strip computes its coefficients, perhaps later
		var before mcu
		s.samples.read(p.picture, index%p.across*16, index/p.across*16)
		s.samples.transform(&before)
		s.quantise(p, &before)
	}
}

// quantise computes the levels of an MCU.
func (s *strip) quantise(p *pass, coefs *mcu) {
	l := &s.levels
	for i := range coefs {
		q, dc := p.luma, &s.dc[0]
		if i >= 4 {
			q, dc = p.chroma, &s.dc[i-3]
		}
		l.masks[i] = q.quantise(&coefs[i], &l.blocks[i])
		level := l.blocks[i][0]
		l.blocks[i][0] -= *dc
		*dc = level
	}
}
