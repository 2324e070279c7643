package webp

import "newsroom.example/cards/internal/simd"

// span is a plane's rows that are reduced to one row: the mean of boxes of 1<<shrink samples a side. At the right and
// the lower edge of the picture a box has only the samples that exist.
type span struct {
	pix    []uint8 // from the first box on
	stride int
	shrink int
	rows   int // that exist, at most 1<<shrink
	width  int // samples that exist
	full   *fullRange
}

// fullRange converts samples to full range.
type fullRange struct {
	table [256]uint8
	lanes [5][16]int16 // zero, factor, half, reciprocal and offset, as the vector version uses them
}

var (
	lumaRange   = newFullRange(fullLuma, 16, 36, 109, 2394, 0)
	chromaRange = newFullRange(fullChroma, 128, 31, 112, 2341, 128)
)

// newFullRange returns the tables of v ↦ to + sign(v-zero) (|v-zero| + (factor |v-zero| + half) reciprocal / 2^19),
// clamped: what table has, as a test shows.
func newFullRange(table [256]uint8, zero, factor, half, reciprocal, to int16) *fullRange {
	f := &fullRange{table: table}
	for i := range 16 {
		for j, v := range [...]int16{zero, factor, half, reciprocal, to} {
			f.lanes[j][i] = v
		}
	}
	return f
}

// row reduces the rows to one.
func (s *span) row(out []uint8) {
	done := 0
	if side := 1 << s.shrink; simd.AVX2 && s.shrink < 3 && s.rows == side {
		if n := min(len(out), s.width>>s.shrink) / 16; n > 0 {
			_, _ = out[16*n-1], s.pix[(s.rows-1)*s.stride+16*n<<s.shrink-1]
			reduceAVX2(&out[0], &s.pix[0], s.stride, n, s.shrink, &s.full.lanes)
			done = 16 * n
		}
	}
	s.rest(out, done)
}

// rest is row in Go, for the boxes from done on.
func (s *span) rest(out []uint8, done int) {
	if s.shrink == 0 {
		for i, v := range s.pix[done:len(out)] {
			out[done+i] = s.full.table[v]
		}
		return
	}
	whole := min(len(out), s.width>>s.shrink)
	if s.shrink == 1 && s.rows == 2 {
		upper, lower := s.pix, s.pix[s.stride:]
		for i := done; i < whole; i++ {
			a, b := upper[2*i:2*i+2], lower[2*i:2*i+2]
			out[i] = s.full.table[(int(a[0])+int(a[1])+int(b[0])+int(b[1])+2)>>2&255]
		}
		done = max(done, whole)
	}
	side := 1 << s.shrink
	for i := done; i < len(out); i++ {
		n := min(side, s.width-i*side)
		sum := 0
		for y := range s.rows {
			for _, v := range s.pix[y*s.stride+i*side:][:n] {
				sum += int(v)
			}
		}
		n *= s.rows
		out[i] = s.full.table[(sum+n/2)/n]
	}
}
