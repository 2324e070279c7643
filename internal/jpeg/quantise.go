package jpeg

import (
	"encoding/binary"
	"math/bits"

	"newsroom.example/cards/internal/simd"
)

// quantiser divides coefficients by one table. Its tables are row by row.
type quantiser struct {
	steps      [64]uint8
	reciprocal [64]uint64 // of what a coefficient is to be divided by, in 2^26ths: at most 27 bits
	// Four thresholds to a word: added to four coefficients, or less them, they set the top bit of
	// each that is not rounded to zero.
	above, below [16]uint64
	// The reciprocals' low 13 bits, and the others beside 2^12, in the order in which quantiseAVX2
	// unpacks coefficients: of two rows the left halves, then the right ones.
	low, high [64]uint32
}

const middle = 0x4000 // makes coefficients positive

// scaleOf is what a quality from 1 to 100 makes of annex K's tables, in percent, as libjpeg counts.
func scaleOf(quality int) int {
	if quality < 50 {
		return 5000 / quality
	}
	return 200 - 2*quality
}

// newQuantiser scales a table of annex K to a quality.
func newQuantiser(table *[64]uint8, quality int) *quantiser {
	q, scale := &quantiser{}, scaleOf(quality)
	for i := range table {
		step := max(1, min((int(table[i])*scale+50)/100, 255))
		q.steps[i] = uint8(step)
		divisor := uint64(step) * 8 * cosines[i>>3] * cosines[i&7] // in 2^28ths
		r := (1<<54 + divisor/2) / divisor
		q.reciprocal[i] = r
		least := (1<<25 + r - 1) / r // what is rounded up to 1
		lane := 16 * (i & 3)
		q.above[i>>2] |= (0x8000 - middle - least) << lane
		q.below[i>>2] |= (0x8000 + middle - least) << lane
		unpacked := i&^15 | i>>3&1<<2 | i>>2&1<<3 | i&3
		q.low[unpacked], q.high[unpacked] = uint32(r&(1<<13-1)), uint32(r>>13|1<<28)
	}
	return q
}

// quantise divides a block's coefficients, to the nearest. Bit k of the mask says that the level
// at zigzag[k] is not zero; of the others, only the first is written for certain.
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

// stream is where each coefficient stands in its block's stream: the inverse of zigzag.
var stream = func() (at [64]uint8) {
	for k, natural := range zigzag {
		at[natural] = uint8(k)
	}
	return at
}()

// kept marks the coefficients that are not rounded to zero, row by row from bit 0 on.
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

// level is a coefficient divided.
func (q *quantiser) level(block *[blockBytes]byte, i int) int16 {
	v := int64(int16(binary.LittleEndian.Uint16(block[2*i&126:])))
	sign := v >> 63
	l := (uint64((v^sign)-sign)*q.reciprocal[i&63] + 1<<25) >> 26
	return int16((int64(l) ^ sign) - sign)
}
