package jpeg

import (
	"encoding/binary"
	"math/bits"
)

// quantiser divides coefficients by one table, in the order of the stream.
type quantiser struct {
	steps      [64]uint8
	reciprocal [64]uint64 // of what a coefficient is to be divided by, in 2^26ths
	// Four thresholds to a word: added to four coefficients, or less them, they set the top bit of
	// each that is not rounded to zero.
	above, below [16]uint64
}

// newQuantiser scales a table of annex K to a quality from 1 to 100, as libjpeg does.
func newQuantiser(table *[64]uint8, quality int) *quantiser {
	scale := 200 - 2*quality
	if quality < 50 {
		scale = 5000 / quality
	}
	q := &quantiser{}
	for k, natural := range zigzag {
		step := max(1, min((int(table[natural])*scale+50)/100, 255))
		q.steps[k] = uint8(step)
		divisor := uint64(step) * 8 * cosines[natural>>3] * cosines[natural&7] // in 2^28ths
		q.reciprocal[k] = (1<<54 + divisor/2) / divisor
		least := (1<<25 + q.reciprocal[k] - 1) / q.reciprocal[k] // what is rounded up to 1
		lane := 16 * (k & 3)
		q.above[k>>2] |= (0x8000 - middle - least) << lane
		q.below[k>>2] |= (0x8000 + middle - least) << lane
	}
	return q
}

// kept marks the coefficients that are not rounded to zero, from bit 0 on.
func (q *quantiser) kept(block *[blockBytes]byte) uint64 {
	mask := uint64(0)
	for i := range 16 {
		four := binary.LittleEndian.Uint64(block[8*i:])
		tops := ((four + q.above[i]) | (q.below[i] - four)) & 0x8000800080008000 >> 15
		// The four bits lie 16 apart; the multiplication brings them together at the top.
		mask |= tops * 0x1000200040008000 >> 60 << (4 * i)
	}
	return mask
}

// level is a coefficient divided, to the nearest.
func (q *quantiser) level(block *[blockBytes]byte, k int) int32 {
	v := int64(binary.LittleEndian.Uint16(block[2*k&126:])) - middle
	sign := v >> 63
	l := (uint64((v^sign)-sign)*q.reciprocal[k&63] + 1<<25) >> 26
	return int32((int64(l) ^ sign) - sign)
}

// magnitude is a level's category, and the bits that tell it apart there (T.81, F.1.2.1).
func magnitude(level int32) (size uint, extra uint32) {
	sign := level >> 31
	size = uint(bits.Len32(uint32((level ^ sign) - sign)))
	return size, uint32(level+sign) & (1<<size - 1)
}
