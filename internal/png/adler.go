package png

import (
	"encoding/binary"

	"newsroom.example/cards/internal/simd"
)

// adler computes the Adler-32 (RFC 1950, 9) of rows of one length. It adds a repeated row without reading it again.
type adler struct {
	a, b     uint64
	sum      uint64 // sum of the bytes of the last row
	weighted uint64 // the same, with each byte times the number of bytes from it to the end of the row
	length   uint64 // of a row
}

const adlerModulus = 65521

func newAdler() adler { return adler{a: 1} }

// row adds a row of at most 1 MB.
func (s *adler) row(row []byte) {
	s.length = uint64(len(row))
	if blocks := len(row) / 32; simd.AVX2 && blocks > 0 {
		head, weighted := sumAVX2(&row[0], blocks)
		rest := row[32*blocks:]
		s.sum, s.weighted = sums(rest)
		s.weighted += weighted + head*uint64(len(rest))
		s.sum += head
	} else {
		s.sum, s.weighted = sums(row)
	}
	s.again()
}

// sums returns the sum of the bytes, and the sum of each byte times the number of bytes from it to the end.
func sums(bytes []byte) (sum, weighted uint64) {
	left := uint64(len(bytes))
	for ; len(bytes) >= 8; bytes, left = bytes[8:], left-8 {
		s, w := sumEight(binary.LittleEndian.Uint64(bytes))
		sum += s
		weighted += s*left - w
	}
	for _, v := range bytes {
		sum += uint64(v)
		weighted += uint64(v) * left
		left--
	}
	return sum, weighted
}

// again adds the last row again.
func (s *adler) again() {
	s.b = (s.b + s.length*s.a + s.weighted) % adlerModulus
	s.a = (s.a + s.sum) % adlerModulus
}

// sumEight returns the sum of eight bytes, and the sum of each byte times its index, 0 to 7. The multiplications add
// up four lanes of 16 bits in the highest lane.
func sumEight(eight uint64) (sum, weighted uint64) {
	const lanes = 0x00ff00ff00ff00ff
	even, odd := eight&lanes, eight>>8&lanes
	sum = (even + odd) * 0x0001000100010001 >> 48
	weighted = even*0x0000000200040006>>48 + odd*0x0001000300050007>>48
	return sum, weighted
}

func (s *adler) value() uint32 { return uint32(s.b<<16 | s.a) }
