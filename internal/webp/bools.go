package webp

import (
	"encoding/binary"
	"math/bits"
)

// bools reads booleans that are arithmetically coded with a probability each (RFC 6386, section 7).
//
// The window holds the next bits of the data, the first one at the top; the position in the interval is compared with
// its upper eight bits. After fill it has at least 56 valid bits. A boolean takes at most seven of them: eight can be
// read before the next fill, and the loops that do this say why.
type bools struct {
	window uint64
	valid  int    // bits of the window that come from the data
	size   uint32 // of the interval, 128..255 between booleans
	at     int    // offset in data of the next byte for the window
	data   []byte // followed by slack bytes
	end    int    // length of the partition, in data
	later  []byte // the whole partition, until its end is copied to data
}

// slack is the number of bytes beyond the end of a partition that may be read, as zeros, until exhausted is asked. A
// macroblock has at most 400 coefficients, each with at most 22 booleans that take seven bits at most.
const slack = 400 * 22 * 7 / 8

// newBools returns a reader of a partition.
func newBools(partition []byte) bools {
	b := bools{size: 255, data: partition, end: len(partition), later: partition}
	b.nearEnd()
	b.fill()
	return b
}

// nearEnd must be called between macroblocks: near the end of the partition the rest is copied, with zeros behind it,
// so that reading needs no checks.
func (b *bools) nearEnd() {
	if b.later == nil || b.at+2*slack < len(b.later) {
		return
	}
	rest := b.later[b.at:]
	b.data = make([]byte, len(rest)+2*slack)
	copy(b.data, rest)
	b.later, b.at, b.end = nil, 0, len(rest)
}

// exhausted reports whether bits were read that the partition does not have.
func (b *bools) exhausted() bool { return 8*b.at-b.valid > max(0, 8*b.end-1) }

// fill fills the window to at least 56 bits.
func (b *bools) fill() {
	b.window |= binary.BigEndian.Uint64(b.data[b.at:]) >> uint(b.valid&63)
	b.at += (63 - b.valid) >> 3
	b.valid |= 56
}

// bit reads a boolean without filling the window. The probability that it is 0 is prob/256.
func (b *bools) bit(prob uint8) int {
	split := 1 + ((b.size-1)*uint32(prob))>>8
	bit := 0
	if big := uint64(split) << 56; b.window >= big {
		b.window -= big
		b.size -= split
		bit = 1
	} else {
		b.size = split
	}
	shift := shifts[uint8(b.size)] & 7
	b.size <<= shift
	b.window <<= shift
	b.valid -= int(shift)
	return bit
}

// shifts are the leading zeros of a size. Finding them takes older processors longer than looking them up.
var shifts = func() (table [256]uint8) {
	for i := range table {
		table[i] = uint8(bits.LeadingZeros8(uint8(i)))
	}
	return table
}()

// prob is bit with a probability of the table.
func (b *bools) prob(p prob) int { return b.bit(uint8(p.p)) }

// read reads a boolean.
func (b *bools) read(prob uint8) int {
	b.fill()
	return b.bit(prob)
}

// flag reads a boolean whose values are equally probable.
func (b *bools) flag() bool { return b.read(128) == 1 }

// number reads an unsigned number of n bits.
func (b *bools) number(n int) int {
	v := 0
	for range n {
		v = v<<1 | b.read(128)
	}
	return v
}

// signed reads a number of n bits and its sign, if a flag says that there is one. Otherwise it is 0.
func (b *bools) signed(n int) int {
	if !b.flag() {
		return 0
	}
	v := b.number(n)
	if b.flag() {
		return -v
	}
	return v
}
