package jpeg

import (
	"encoding/binary"
	"math/bits"
)

// emitter writes entropy-coded data.
type emitter struct {
	out []byte // with room for what is written
	at  int
	acc uint64 // the low n bits are still to be written; n is at most 32 between symbols
	n   uint
}

// put writes the low n bits of v, at most 27.
func (e *emitter) put(v uint32, n uint) {
	e.acc = e.acc<<n | uint64(v)
	if e.n += n; e.n > 32 {
		e.flush()
	}
}

// flush writes four bytes, with a zero after each 0xff (T.81, F.1.2.3).
func (e *emitter) flush() {
	e.n -= 32
	w := uint32(e.acc >> e.n)
	to := e.out[e.at:]
	if w&(w&0x7f7f7f7f+0x01010101)&0x80808080 != 0 {
		e.stuff(w)
		return
	}
	binary.BigEndian.PutUint32(to, w)
	e.at += 4
}

func (e *emitter) stuff(w uint32) {
	for shift := 24; shift >= 0; shift -= 8 {
		b := byte(w >> shift)
		e.out[e.at] = b
		e.at++
		if b == 0xff {
			e.out[e.at] = 0
			e.at++
		}
	}
}

// end fills the last byte with ones.
func (e *emitter) end() {
	for e.n&7 != 0 {
		e.put(1, 1)
	}
	for e.n > 0 {
		e.n -= 8
		b := byte(e.acc >> e.n)
		e.out[e.at] = b
		e.at++
		if b == 0xff {
			e.out[e.at] = 0
			e.at++
		}
	}
}

// block writes a block whose DC level the one before it had been before, and tells its own.
func (e *emitter) block(b *[blockBytes]byte, q *quantiser, dc, ac *[256]code, before int32) int32 {
	level := q.level(b, 0)
	size, extra := magnitude(level - before)
	c := uint32(dc[size&15])
	e.put(c>>5<<size|extra, uint(c&31)+size)

	last := 0
	for mask := q.kept(b) &^ 1; mask != 0; mask &= mask - 1 {
		k := bits.TrailingZeros64(mask)
		run := k - last - 1
		for last = k; run > 15; run -= 16 {
			e.put(uint32(ac[0xf0])>>5, uint(ac[0xf0]&31))
		}
		size, extra := magnitude(q.level(b, k))
		c := uint32(ac[(run<<4|int(size))&255])
		e.put(c>>5<<size|extra, uint(c&31)+size)
	}
	if last < 63 {
		e.put(uint32(ac[0])>>5, uint(ac[0]&31))
	}
	return level
}

// cost is the bits that block would write.
func cost(b *[blockBytes]byte, q *quantiser, dc, ac *[256]code, before int32) (bitsOf int, level int32) {
	level = q.level(b, 0)
	size, _ := magnitude(level - before)
	total := uint(dc[size&15]&31) + size
	last := 0
	for mask := q.kept(b) &^ 1; mask != 0; mask &= mask - 1 {
		k := bits.TrailingZeros64(mask)
		run := k - last - 1
		for last = k; run > 15; run -= 16 {
			total += uint(ac[0xf0] & 31)
		}
		size, _ := magnitude(q.level(b, k))
		total += uint(ac[(run<<4|int(size))&255]&31) + size
	}
	if last < 63 {
		total += uint(ac[0] & 31)
	}
	return int(total), level
}
