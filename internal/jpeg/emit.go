package jpeg

import (
	"encoding/binary"
	"math/bits"

	"newsroom.example/cards/internal/simd"
)

// emitter makes a string of bits: entropy-coded data before zeros are stuffed into it.
type emitter struct {
	out []byte // with room for what is written, and 8 bytes more
	at  int    // how many bytes are whole
	acc uint64 // the low n bits follow them; the others mean nothing
	n   uint64 // at most 7 between symbols
}

// levels are an MCU's coefficients, quantised: the first of each block less that of the one before
// it, as its symbol tells it.
type levels struct {
	blocks [mcuBlocks][64]int16
	masks  [mcuBlocks]uint64 // of each block's levels that are not 0, in the order of the stream
}

// mcuBound is more than an MCU's bytes: every symbol of 27 bits, and what is written beyond them.
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

// room makes place for some bytes.
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

// add appends a symbol. Eight bytes are always written, and go on after those that are whole: so
// nothing depends on the symbol's length.
func add(out []byte, at int, acc, n uint64, s symbol) (int, uint64, uint64) {
	acc = acc<<(s&63) | uint64(s>>6)
	n += uint64(s & 63)
	binary.BigEndian.PutUint64(out[at:], acc<<(-n&63))
	return at + int(n>>3), acc, n & 7
}
