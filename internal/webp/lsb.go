package webp

import "encoding/binary"

// bitReader reads the bits of a lossless picture, the lowest bit of each byte first (RFC 9649, section 3.3). Beyond the
// end of the data it reads zeros.
type bitReader struct {
	window uint64
	valid  uint // bits of the window
	data   []byte
	at     int // of the next byte for the window
}

// fill fills the window to at least 56 bits.
func (b *bitReader) fill() {
	if b.at+8 <= len(b.data) {
		b.window |= binary.LittleEndian.Uint64(b.data[b.at:]) << (b.valid & 63)
		b.at += int(63-b.valid) >> 3
		b.valid |= 56
		return
	}
	for b.valid < 56 {
		if b.at < len(b.data) {
			b.window |= uint64(b.data[b.at]) << b.valid
		}
		b.at++
		b.valid += 8
	}
}

// exhausted reports whether bits were read that the data does not have.
func (b *bitReader) exhausted() bool { return 8*b.at-int(b.valid) > 8*len(b.data) }

// take goes on by n bits, of which the window must have as many.
func (b *bitReader) take(n uint) {
	b.window >>= n & 63
	b.valid -= n
}

// read reads a number of up to 32 bits.
func (b *bitReader) read(n uint) uint32 {
	b.fill()
	v := uint32(b.window & (1<<n - 1))
	b.take(n)
	return v
}

func (b *bitReader) flag() bool { return b.read(1) == 1 }
