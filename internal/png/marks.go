package png

import (
	"encoding/binary"
	"math/bits"

	"newsroom.example/cards/internal/simd"
)

// marks are bit sets of the pixels of a row. The first pixel is the lowest bit of the first word. A word of zeros
// follows.
type marks struct {
	left   []uint64 // the pixel equals its left neighbour
	over   []uint64 // the pixel equals the one above
	starts []uint64 // a repetition may begin here
}

func (m *marks) resize(width int) {
	if n := (width+63)/64 + 1; len(m.left) != n {
		m.left, m.over, m.starts = make([]uint64, n), make([]uint64, n), make([]uint64, n)
	}
}

// read sets left and over for a row of pixels of four bytes, and the row above it, which may be nil. The first pixel
// has no left neighbour. Outside ink all pixels of both rows have the same colour.
func (m *marks) read(row, above []byte, ink Span) {
	width := len(row) / 4
	first, end := max(ink.From-1, 0)>>6, min(ink.To>>6+1, len(m.left)-1) // words with pixels that must be compared
	over := above
	if above == nil {
		first, end, over = 0, len(m.left)-1, row
	}
	m.same(first, end, width)
	from, to := 4*64*first, 4*min(64*end, width)
	part := marks{left: m.left[first:end], over: m.over[first:end]}
	part.look(row[from:to], over[from:to])
	if first > 0 {
		m.left[first] |= 1 // this pixel is before the ink
	}
	if above == nil {
		clear(m.over)
	}
}

// same sets the bits of all pixels of a row, except those in the words from first to end-1, and except the first
// pixel, which has no left neighbour.
func (m *marks) same(first, end, width int) {
	for i := range m.left {
		bits := ^uint64(0)
		if i >= first && i < end {
			bits = 0
		} else if left := width - 64*i; left < 64 {
			bits = 1<<max(left, 0) - 1
		}
		m.left[i], m.over[i] = bits, bits
	}
	m.left[0] &^= 1
}

// look compares pixels and sets their bits, in words that must be 0.
func (m *marks) look(row, above []byte) {
	done := 0
	if blocks := len(row) / 32; simd.AVX2 && blocks > 0 {
		_, _, _ = above[32*blocks-1], m.left[(blocks-1)>>3], m.over[(blocks-1)>>3]
		markAVX2(&row[0], &above[0], &m.left[0], &m.over[0], blocks)
		done = 8 * blocks
	}
	m.readGo(row, above, done)
}

// readGo is look for the pixels from from on, a multiple of 8.
func (m *marks) readGo(row, above []byte, from int) {
	above = above[:len(row)]
	for width := len(row) / 4; from < width; from += 8 {
		var left, over uint64
		if from > 0 && from+8 <= width {
			left, over = likeEight(row[4*from:], row[4*from-4:]), likeEight(row[4*from:], above[4*from:])
		} else {
			left, over = likeFew(row, above, from)
		}
		m.left[from>>6] |= left << (from & 63)
		m.over[from>>6] |= over << (from & 63)
	}
}

// likeFew returns the bits of eight pixels from from on, or of fewer at the end of the row. It also handles the first
// pixel of the row.
func likeFew(row, above []byte, from int) (left, over uint64) {
	for i, x := 0, from; x < min(from+8, len(row)/4); i, x = i+1, x+1 {
		px := binary.LittleEndian.Uint32(row[4*x:])
		if x > 0 && px == binary.LittleEndian.Uint32(row[4*x-4:]) {
			left |= 1 << i
		}
		if px == binary.LittleEndian.Uint32(above[4*x:]) {
			over |= 1 << i
		}
	}
	return left, over
}

// likeEight returns a bit for each of eight pixels that is equal in a and b.
func likeEight(a, b []byte) uint64 {
	a, b = a[:32], b[:32]
	d0 := binary.LittleEndian.Uint64(a) ^ binary.LittleEndian.Uint64(b)
	d1 := binary.LittleEndian.Uint64(a[8:]) ^ binary.LittleEndian.Uint64(b[8:])
	d2 := binary.LittleEndian.Uint64(a[16:]) ^ binary.LittleEndian.Uint64(b[16:])
	d3 := binary.LittleEndian.Uint64(a[24:]) ^ binary.LittleEndian.Uint64(b[24:])
	if d0|d1|d2|d3 == 0 {
		return 0xff
	}
	return likeTwo(d0) | likeTwo(d1)<<2 | likeTwo(d2)<<4 | likeTwo(d3)<<6
}

// likeTwo returns a bit for each half of d that is 0.
func likeTwo(d uint64) uint64 {
	low, high := d&0xffffffff, d>>32
	return (low-1)>>63 | (high-1)>>63<<1
}

// findStarts sets starts for pixels from which on leastRun pixels equal their left neighbours, or leastFar pixels
// equal those above.
func (m *marks) findStarts() {
	for i := range len(m.starts) - 1 {
		run, next := chain(m.left[i], m.left[i+1], 1)
		run, _ = chain(run, next, 2)
		over, next := chain(m.over[i], m.over[i+1], 1)
		over, next = chain(over, next, 2)
		over, next = chain(over, next, 4)
		over, next = chain(over, next, 8)
		over, _ = chain(over, next, 1)
		m.starts[i] = run | over
	}
}

// chain clears the bits of two consecutive words for which the bit n places further is not set. The highest n bits of
// the second word are always cleared.
func chain(low, high uint64, n int) (uint64, uint64) {
	return low & (low>>n | high<<(64-n)), high & (high >> n)
}

// ones returns the number of consecutive bits that are set, from bit x on.
func ones(marks []uint64, x int) int {
	i := x >> 6
	if n := bits.TrailingZeros64(^(marks[i] >> (x & 63))); n < 64-x&63 {
		return n
	}
	for i++; marks[i] == ^uint64(0); i++ {
	}
	return i<<6 + bits.TrailingZeros64(^marks[i]) - x
}

// next returns the first bit that is set, from bit x on, or limit if there is none.
func next(marks []uint64, x, limit int) int {
	i := x >> 6
	if w := marks[i] >> (x & 63); w != 0 {
		return x + bits.TrailingZeros64(w)
	}
	for i++; i < len(marks); i++ {
		if marks[i] != 0 {
			return i<<6 + bits.TrailingZeros64(marks[i])
		}
	}
	return limit
}
