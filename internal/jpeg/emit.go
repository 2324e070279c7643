package jpeg

import (
	"encoding/binary"
	"math/bits"

	"newsroom.example/cards/internal/simd"
)

// emitter writes a string of bits: entropy-coded data before byte stuffing.
type emitter struct {
	out []byte // always has room for 8 more bytes than are written
	at  int    // number of complete bytes
	acc uint64 // the low n bits follow them; the other bits are undefined
	n   uint64 // at most 7 between symbols
}

// levels are the quantised coefficients of an MCU. The first of each block is the difference from the
// previous block's, as it is coded.
type levels struct {
	blocks [mcuBlocks][64]int16
	masks  [mcuBlocks]uint64 // bit k is set if level k in stream order is not 0
}

// mcuBound is an upper bound for the bytes that mcu writes: 64 symbols of 27 bits for each block, plus
// the 8 bytes that add writes at the end.
const mcuBound = mcuBlocks*64*27/8 + 8

// mcu writes an MCU.
func (e *emitter) mcu(l *levels) {
	e.room(mcuBound)
	if simd.AVX2 {
		emitAVX2(e, l)
		return
	}
	e.mcuGo(l)
}

// room ensures that the given number of bytes fits into out.
func (e *emitter) room(bytes int) {
	if len(e.out)-e.at < bytes {
		e.out = append(e.out, make([]byte, len(e.out)+bytes)...)
		e.out = e.out[:cap(e.out)]
	}
}

func (e *emitter) mcuGo(l *levels) {
	for i := range l.blocks {
		e.block(&l.blocks[i], l.masks[i], written[i>>2])
	}
}

func (e *emitter) block(levels *[64]int16, mask uint64, s *symbols) {
	out, at, acc, n := e.out, e.at, e.acc, e.n
	at, acc, n = add(out, at, acc, n, symbol(s.dc[(int(levels[0])+dcSpan)&(2*dcSpan-1)]))
	next := 1
	for mask &^= 1; mask != 0; mask &= mask - 1 {
		k := bits.TrailingZeros64(mask)
		run := k - next
		for next = k + 1; run > 15; run -= 16 {
			at, acc, n = add(out, at, acc, n, symbol(s.codes[zeros]))
		}
		at, acc, n = add(out, at, acc, n, s.level(run, int32(levels[zigzag[k&63]&63])))
	}
	if next < 64 {
		at, acc, n = add(out, at, acc, n, symbol(s.codes[endOfBlock]))
	}
	e.at, e.acc, e.n = at, acc, n
}

// add appends a symbol. It always writes eight bytes and advances by the complete ones, so that it has
// no branch that depends on the symbol's length.
func add(out []byte, at int, acc, n uint64, s symbol) (int, uint64, uint64) {
	acc = acc<<(s&63) | uint64(s>>6)
	n += uint64(s & 63)
	binary.BigEndian.PutUint64(out[at:], acc<<(-n&63))
	return at + int(n>>3), acc, n & 7
}
