package jpeg

import (
	"math/bits"

	"newsroom.example/cards/internal/simd"
)

// lanes are the kept coefficients that one vector holds.
type lanes struct {
	mask uint64     // the coefficients, by bits in the order of the stream
	bits [16]uint16 // for each lane, which of the mask's bits is its own; 1<<15 of none for the lane that is not used
}

// newLanes returns the vectors of a block. There are none if a block is smaller than a vector.
func newLanes(keep *places, each int) []lanes {
	all := make([]lanes, each/16)
	for i := range all {
		l := &all[i]
		l.bits[0] = 1 << 15 // only a block's first one stays so: 15 others come before it
		rank := 0
		for k := 1; k <= keep.last; k++ {
			if at := int(keep.at[k+1]); at > 0 && at/16 == i {
				l.mask |= 1 << k
				l.bits[at%16] = 1 << rank
				rank++
			}
		}
	}
	return all
}

// apply changes the coefficients of blocks, from the first on.
func (s *bandScan) apply(first int, changes []change) {
	if len(changes) == 0 || s.each == 1 {
		return
	}
	kept := s.coefs.kept[first*s.each : (first+len(changes))*s.each]
	if simd.AVX2 && len(s.lanes) > 0 {
		applyAVX2(&kept[0], &changes[0], len(changes), &s.lanes[0], len(s.lanes), 1<<s.al)
		return
	}
	s.applyGo(kept, changes)
}

func (s *bandScan) applyGo(kept []int16, changes []change) {
	for i, c := range changes {
		to, bit := kept[i*s.each:(i+1)*s.each], int16(1)<<s.al
		for fixes := c.fixes & s.mask; fixes != 0; fixes &= fixes - 1 {
			v := &to[s.keep.at[uint8(bits.TrailingZeros64(fixes)+1)]]
			sign := *v >> 15
			*v += bit ^ sign - sign
		}
		for fresh := c.fresh & s.mask; fresh != 0; fresh &= fresh - 1 {
			k := bits.TrailingZeros64(fresh)
			sign := -int16(c.negative >> k & 1)
			to[s.keep.at[uint8(k+1)]] += bit ^ sign - sign
		}
	}
}
