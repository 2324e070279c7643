package jpeg

import "math/bits"

// refine reads one more bit of blocks (T.81, G.1.2.3), as first does.
func (s *bandScan) refine(first, end int) (done int, ok bool) {
	i, all := first, (uint64(2)<<s.se-1)&^(1<<s.ss-1)
	for ; i < end; i++ {
		if i > first && s.pos > s.refill {
			break
		}
		old := s.known[i] & all
		fixes, fresh, negative, ok := s.refined(old, all)
		if !ok {
			return i, false
		}
		s.known[i] |= fresh
		s.apply(i, spread(fixes, old)&s.kept, fresh&s.kept, negative)
	}
	return i, true
}

// apply corrects coefficients of block i by the next bit, and sets fresh ones, of which some are negative.
func (s *bandScan) apply(i int, fixes, fresh, negative uint64) {
	to, bit := s.coefs.kept[i*s.each:(i+1)*s.each], int16(1)<<s.al
	for ; fixes != 0; fixes &= fixes - 1 {
		c := &to[s.keep.at[uint8(bits.TrailingZeros64(fixes)+1)]]
		sign := *c >> 15
		*c += bit ^ sign - sign
	}
	for ; fresh != 0; fresh &= fresh - 1 {
		k := bits.TrailingZeros64(fresh)
		sign := -int16(negative >> k & 1)
		to[s.keep.at[uint8(k+1)]] = bit ^ sign - sign
	}
}

// refined reads the next bits of a block of which the coefficients old are not 0, and all are those of the band. The
// correction bits of old come back in one string, and the coefficients that are fresh by bits of a mask.
func (s *bandScan) refined(old, all uint64) (fixes, fresh, negative uint64, ok bool) {
	for zero := all &^ old; s.run == 0 && zero|old != 0; {
		if s.n < 32 {
			s.load()
		}
		e := s.table.fast[s.acc>>(64-fastBits)]
		if e&lengths == 0 {
			if e = s.table.next(s.acc); e == 0 {
				return 0, 0, 0, false
			}
		}
		lead := e >> 8 & 255
		if lead >= blockEnd {
			s.drop(uint(e & 63))
			s.run = 1<<(lead-blockEnd) + int(s.bits(uint(lead-blockEnd)))
			break
		}
		place := zero
		for ; lead > 1; lead-- {
			place &= place - 1
		}
		if place &= -place; place == 0 {
			return 0, 0, 0, false
		}
		if e>>16&63 != 63 {
			fresh |= place
			if s.acc<<(e>>24&31)>>63 == 0 {
				negative |= place
			}
		}
		s.drop(uint(e & 63))
		passed := place | (place - 1)
		fixes = s.append(fixes, old&passed)
		zero, old = zero&^passed, old&^passed
	}
	if s.run > 0 {
		s.run--
		fixes = s.append(fixes, old)
	}
	return fixes, fresh, negative, true
}

// append appends a bit to a string for each coefficient of a mask.
func (s *bandScan) append(to, mask uint64) uint64 {
	n := bits.OnesCount64(mask)
	if n == 0 {
		return to
	}
	for ; n > 32; n-- {
		to = to<<1 | uint64(s.bits(1))
	}
	if s.n < 32 {
		s.load()
	}
	to = to<<n | s.acc>>(64-n)
	s.drop(uint(n))
	return to
}

// spread brings the bits of a string, which has one for each coefficient of a mask, to their places in the mask.
func spread(text, mask uint64) (out uint64) {
	for text <<= (64 - bits.OnesCount64(mask)) & 63; mask != 0; mask &= mask - 1 {
		if text>>63 > 0 {
			out |= mask & -mask
		}
		text <<= 1
	}
	return out
}
