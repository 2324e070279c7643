package pngfile

import (
	"encoding/binary"

	"newsroom.example/cards/internal/simd"
)

// This file averages boxes of samples: of pixels as they are stored to pixels of a picture.

// box has the samples of the rows from which a row of the picture is made: 1<<shrink rows of 1<<shrink pixels for each
// of its pixels, fewer at the edges.
type box struct {
	rows     [][]byte // at least one
	channels int      // 1, 3 or 4
	shrink   int
	sums     []uint16 // as many as samples in a row
}

// width returns the bytes of a pixel of the picture.
func (b *box) width() int {
	if b.channels == 1 {
		return 1
	}
	return 4
}

// reduce writes the means of the boxes: grey, or RGBA that is not premultiplied. opaque says that no alpha is below
// 255. Colours are weighted by their alpha.
func (b *box) reduce(out []byte) (opaque bool) {
	switch {
	case b.channels == 4 && !allOpaque(b.rows):
		b.blend(out)
		return false
	case b.shrink == 0:
		store(out, b.rows[0], b.channels)
		return true
	}
	sums := b.sums[:len(b.rows[0])]
	clear(sums)
	for _, row := range b.rows {
		addRow(sums, row)
	}
	b.average(out, sums)
	return true
}

// alphas has the alphas of two pixels.
const alphas = 255<<24 | 255<<56

// allOpaque reports whether all pixels of four channels are opaque.
func allOpaque(rows [][]byte) bool {
	for _, row := range rows {
		all := uint64(1<<64 - 1)
		for ; len(row) >= 8; row = row[8:] {
			all &= binary.LittleEndian.Uint64(row)
		}
		if all&alphas != alphas || len(row) == 4 && row[3] != 255 {
			return false
		}
	}
	return true
}

// store writes pixels that are not averaged.
func store(out, row []byte, channels int) {
	if channels != 3 {
		copy(out, row)
		return
	}
	if n := (len(row)/3 - 2) &^ 3; simd.AVX2 && n > 0 { // four pixels at a time, from sixteen bytes
		_ = out[:4*n]
		storeAVX2(&out[0], &row[0], n)
		out, row = out[4*n:], row[3*n:]
	}
	storeEach(out, row)
}

// storeEach makes RGBA of RGB.
func storeEach(out, row []byte) {
	for i := 0; i+3 <= len(row); i, out = i+3, out[4:] {
		out[0], out[1], out[2], out[3] = row[i], row[i+1], row[i+2], 255
	}
}

// addRow adds the samples of a row to the sums.
func addRow(sums []uint16, row []byte) {
	row = row[:len(sums)]
	if n := len(sums) &^ 31; simd.AVX2 && n > 0 {
		addAVX2(&sums[0], &row[0], n)
		sums, row = sums[n:], row[n:]
	}
	addEach(sums, row)
}

func addEach(sums []uint16, row []byte) {
	for i, v := range row[:len(sums)] {
		sums[i] += uint16(v)
	}
}

// average writes the means of the sums of the rows, each of a box's columns. The sums are lost.
func (b *box) average(out []byte, sums []uint16) {
	side := b.channels << b.shrink
	if len(b.rows) == 1<<b.shrink {
		full := len(sums) / side
		rest := sums[full*side:]
		b.averageRest(out[full*b.width():], rest, 1<<b.shrink) // before the sums are lost
		for range b.shrink - 1 {
			sums = sums[:fold(sums, b.channels)]
		}
		averagePairs(out[:full*b.width()], sums, b.channels, 2*b.shrink)
		return
	}
	b.averageRest(out, sums, 1<<b.shrink)
}

// averageRest writes the means of boxes of at most so many columns, of which rows or columns may be missing.
func (b *box) averageRest(out []byte, sums []uint16, columns int) {
	for wide := b.width(); len(sums) > 0; out = out[wide:] {
		there := min(columns, len(sums)/b.channels)
		n := uint32(there * len(b.rows))
		if wide == 4 {
			out[3] = 255
		}
		for c := range b.channels {
			sum := n / 2
			for i := range there {
				sum += uint32(sums[i*b.channels+c])
			}
			out[c] = byte(sum / n)
		}
		sums = sums[there*b.channels:]
	}
}

// fold adds the sums of each two pixels, and returns how many sums there are then.
func fold(sums []uint16, channels int) int {
	n := len(sums) / 2 / channels * channels
	switch channels {
	case 1:
		for i := range n {
			sums[i] = sums[2*i] + sums[2*i+1]
		}
	case 3:
		for i := 0; i+3 <= n; i += 3 {
			s := sums[2*i : 2*i+6 : 2*i+6]
			sums[i], sums[i+1], sums[i+2] = s[0]+s[3], s[1]+s[4], s[2]+s[5]
		}
	default:
		for i := 0; i+4 <= n; i += 4 {
			s := sums[2*i : 2*i+8 : 2*i+8]
			sums[i], sums[i+1], sums[i+2], sums[i+3] = s[0]+s[4], s[1]+s[5], s[2]+s[6], s[3]+s[7]
		}
	}
	return n
}

// averagePairs writes the means of pairs of sums, each of half of 1<<shift samples: as many as out has pixels.
func averagePairs(out []byte, sums []uint16, channels, shift int) {
	if channels == 1 {
		for i := range out {
			out[i] = byte((sums[2*i] + sums[2*i+1] + 1<<shift>>1) >> shift)
		}
		return
	}
	if n := (len(out)/4 - 1) &^ 1; simd.AVX2 && n > 0 { // two at a time; what is read is up to one more pair
		_ = sums[2*channels*(n+1)-1]
		if channels == 3 {
			averageRGBAVX2(&out[0], &sums[0], n, shift)
		} else {
			averageRGBAAVX2(&out[0], &sums[0], n, shift)
		}
		out, sums = out[4*n:], sums[2*channels*n:]
	}
	averageEach(out, sums, channels, shift)
}

// averageEach is averagePairs for three or four channels. The pixels are opaque.
func averageEach(out []byte, sums []uint16, channels, shift int) {
	for half := uint16(1) << shift >> 1; len(out) >= 4; out, sums = out[4:], sums[2*channels:] {
		out[3] = 255
		for c := range 3 {
			out[c] = byte((sums[c] + sums[channels+c] + half) >> shift)
		}
	}
}
