package jpeg

import (
	"math/bits"

	"newsroom.example/cards/internal/simd"
)

// change is what a later scan says about a block: which coefficients have the next bit, and which are fresh, of those
// some negative, by bits in the order of the stream.
type change struct{ fixes, fresh, negative uint64 }

// refine reads one more bit of blocks (T.81, G.1.2.3), as firstGo does.
func (s *bandScan) refine(start, end int) (done int, ok bool) {
	if simd.AVX2 {
		done, ok = refineAVX2(s, start, end)
	} else {
		done, ok = s.refineGo(start, end)
	}
	s.apply(start, s.changes[:done-start])
	return done, ok
}

// refineGo reads changes of blocks from start on.
func (s *bandScan) refineGo(start, end int) (done int, ok bool) {
	i := start
	for ; i < end; i++ {
		if i > start && s.pos > s.refill {
			break
		}
		c, ok := s.refined(s.known[i] & s.all)
		if !ok {
			return i, false
		}
		s.known[i] |= c.fresh
		s.changes[i-start] = c
	}
	return i, true
}

// refined reads the change of a block of which the coefficients old are not 0.
func (s *bandScan) refined(old uint64) (c change, ok bool) {
	fixes, left := uint64(0), old
	for zero := s.all &^ old; s.run == 0 && zero|left != 0; {
		if s.n < 32 {
			s.load()
		}
		e := s.table.fast[s.acc>>(64-fastBits)]
		if e&lengths == 0 {
			if e = s.table.next(s.acc); e == 0 {
				return c, false
			}
		}
		run := e >> 8 & 255
		if run >= blockEnd {
			s.drop(uint(e & 63))
			s.run = 1<<(run-blockEnd) + int(s.bits(uint(run-blockEnd)))
			break
		}
		place := zero
		for ; run > 0; run-- {
			place &= place - 1
		}
		if place &= -place; place == 0 {
			return c, false
		}
		if e>>16&63 != 63 {
			c.fresh |= place
			if s.acc<<(e>>24&31)>>63 == 0 {
				c.negative |= place
			}
		}
		s.drop(uint(e & 63))
		passed := place | (place - 1)
		fixes = s.append(fixes, left&passed)
		zero, left = zero&^passed, left&^passed
	}
	if s.run > 0 {
		s.run--
		fixes = s.append(fixes, left)
	}
	c.fixes = spread(fixes, old)
	return c, true
}

// append appends the next bits of the stream to a string, as many as the mask has.
func (s *bandScan) append(text, mask uint64) uint64 {
	n := bits.OnesCount64(mask)
	for ; n > 32; n-- {
		text = text<<1 | uint64(s.bits(1))
	}
	if n == 0 {
		return text
	}
	return text<<n | uint64(s.bits32(uint(n)))
}

// bits32 returns the next n bits, at most 32.
func (b *reader) bits32(n uint) uint32 {
	if b.n < 32 {
		b.load()
	}
	v := uint32(b.acc >> (64 - n))
	b.drop(n)
	return v
}

// spread brings the bits of a string, which has one for each bit of a mask, to their places in the mask, from the
// lowest on.
func spread(text, mask uint64) (out uint64) {
	for text <<= (64 - bits.OnesCount64(mask)) & 63; mask != 0; mask &= mask - 1 {
		if text>>63 > 0 {
			out |= mask & -mask
		}
		text <<= 1
	}
	return out
}
