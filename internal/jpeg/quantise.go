package jpeg

import (
	"encoding/binary"
	"math/bits"

	"newsroom.example/cards/internal/simd"
)

// quantiser divides coefficients by one quantisation table. Its tables are stored row by row.
type quantiser struct {
	steps      [64]uint8
	reciprocal [64]uint64 // of the divisors, times 2^26: at most 27 bits
	// Thresholds, four to a word. above plus four coefficients, and below minus four coefficients, has
	// the top bit set for each coefficient that is not rounded to zero.
	above, below [16]uint64
	// The low 13 bits of the reciprocals, and the high bits combined with 2^12 in the upper half, in
	// the order in which quantiseAVX2 unpacks coefficients: the left halves of two rows, then the right
	// halves.
	low, high [64]uint32
}

const middle = 0x4000 // offset that makes all coefficients positive

// scaleOf returns the scale of the tables of annex K, in percent, for a quality from 1 to 100, as in
// libjpeg.
func scaleOf(quality int) int {
	if quality < 50 {
		return 5000 / quality
	}
	return 200 - 2*quality
}

// newQuantiser returns the quantiser for a table of annex K, scaled to a quality.
func newQuantiser(table *[64]uint8, quality int) *quantiser {
	q, scale := &quantiser{}, scaleOf(quality)
	for i := range table {
		step := max(1, min((int(table[i])*scale+50)/100, 255))
		q.steps[i] = uint8(step)
		divisor := uint64(step) * 8 * cosines[i>>3] * cosines[i&7] // times 2^28
		r := (1<<54 + divisor/2) / divisor
		q.reciprocal[i] = r
		least := (1<<25 + r - 1) / r // the smallest value that is rounded up to 1
		lane := 16 * (i & 3)
		q.above[i>>2] |= (0x8000 - middle - least) << lane
		q.below[i>>2] |= (0x8000 + middle - least) << lane
		unpacked := i&^15 | i>>3&1<<2 | i>>2&1<<3 | i&3
		q.low[unpacked], q.high[unpacked] = uint32(r&(1<<13-1)), uint32(r>>13|1<<28)
	}
	return q
}

// quantise divides the coefficients of a block and rounds to the nearest. Bit k of the mask is set if the
// level at zigzag[k] is not zero. It always writes the first level; it may leave the other zero levels
// unwritten.
func (q *quantiser) quantise(block *[blockBytes]byte, levels *[64]int16) (mask uint64) {
	if simd.AVX2 {
		return quantiseAVX2(q, block, levels)
	}
	return q.quantiseGo(block, levels)
}

func (q *quantiser) quantiseGo(block *[blockBytes]byte, levels *[64]int16) (mask uint64) {
	levels[0] = 0
	for kept := q.kept(block); kept != 0; kept &= kept - 1 {
		i := bits.TrailingZeros64(kept)
		levels[i&63] = q.level(block, i)
		mask |= 1 << (stream[i&63] & 63)
	}
	return mask
}

// stream maps coefficients from row-by-row order to stream order: the inverse of zigzag.
var stream = func() (at [64]uint8) {
	for k, natural := range zigzag {
		at[natural] = uint8(k)
	}
	return at
}()

// kept returns a mask of the coefficients that are not rounded to zero, row by row from bit 0.
func (q *quantiser) kept(block *[blockBytes]byte) uint64 {
	mask := uint64(0)
	for i := range 16 {
		four := binary.LittleEndian.Uint64(block[8*i:])
		four = (four ^ 0x8000800080008000) - 0x4000400040004000 // adds middle to each
		tops := ((four + q.above[i]) | (q.below[i] - four)) & 0x8000800080008000 >> 15
		// The four bits lie 16 apart; the multiplication brings them together at the top.
		mask |= tops * 0x1000200040008000 >> 60 << (4 * i)
	}
	return mask
}

// level divides coefficient i and rounds to the nearest.
func (q *quantiser) level(block *[blockBytes]byte, i int) int16 {
	v := int64(int16(binary.LittleEndian.Uint16(block[2*i&126:])))
	sign := v >> 63
	l := (uint64((v^sign)-sign)*q.reciprocal[i&63] + 1<<25) >> 26
	return int16((int64(l) ^ sign) - sign)
}
