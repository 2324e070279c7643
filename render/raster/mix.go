package raster

import "newsroom.example/cards/internal/simd"

// This file computes weighted sums of samples: of rows into a row of sums, and of these into results. Both loops
// use AVX2 for most of their work if the machine has it.

// mixRows computes the weighted sums of four rows, each as long as sums, plus the previous sums if keep is -1 (not if
// it is 0), and shifts them right. Weights have 16 bits.
func mixRows(sums []int32, rows *[quad][]uint8, w *[quad]int32, keep int32, shift uint) {
	done := 0
	if n := len(sums) &^ (vector - 1); simd.AVX2 && n > 0 {
		_, _, _, _ = rows[0][n-1], rows[1][n-1], rows[2][n-1], rows[3][n-1]
		mixRowsAVX2(sums[:n], rows, w, keep, shift)
		done = n
	}
	mixRowsFrom(done, sums, rows, w, keep, shift)
}

// mixRowsFrom is mixRows from a column on.
func mixRowsFrom(first int, sums []int32, rows *[quad][]uint8, w *[quad]int32, keep int32, shift uint) {
	sums = sums[first:]
	a, b := rows[0][first:][:len(sums)], rows[1][first:][:len(sums)]
	c, d := rows[2][first:][:len(sums)], rows[3][first:][:len(sums)]
	if keep == 0 && w[2] == 0 && w[3] == 0 { // most of what shrinks
		for i := range sums {
			sums[i] = (int32(a[i])*w[0] + int32(b[i])*w[1]) >> (shift & 31)
		}
		return
	}
	for i := range sums {
		sum := sums[i]&keep + int32(a[i])*w[0] + int32(b[i])*w[1] + int32(c[i])*w[2] + int32(d[i])*w[3]
		sums[i] = sum >> (shift & 31)
	}
}

// Sums have weightBits+8 fractional bits.
const (
	sumBits = weightBits + 8
	sumHalf = 1 << (sumBits - 1)
)

// mixColumns computes each result from the sums that the axis names for it. The slice must have capacity for a quad
// of sums after the last one.
func mixColumns(out []uint8, sums []int32, x *axis) {
	done := 0
	if n := len(out) &^ 7; simd.AVX2 && x.pitch == quad && n > 0 {
		_ = sums[x.from[n-1]:][:quad] // the last place is the farthest
		mixColumnsAVX2(out[:n], sums, x.from[:n], x.weights[:quad*n])
		done = n
	}
	mixColumnsFrom(done, out, sums, x)
}

// mixColumnsFrom is mixColumns from a result on.
func mixColumnsFrom(first int, out []uint8, sums []int32, x *axis) {
	for i := first; i < len(out); i++ {
		from := x.from[i]
		switch x.taps {
		case 2:
			w, s := x.weights[quad*i:quad*i+2:quad*i+2], sums[from:from+2:from+2]
			out[i] = clamp((s[0]*w[0] + s[1]*w[1] + sumHalf) >> sumBits)
		case 3:
			w, s := x.weights[quad*i:quad*i+3:quad*i+3], sums[from:from+3:from+3]
			out[i] = clamp((s[0]*w[0] + s[1]*w[1] + s[2]*w[2] + sumHalf) >> sumBits)
		default:
			w, s := x.of(i), sums[from:][:x.taps]
			total := int32(sumHalf)
			for j, v := range s {
				total += v * w[j]
			}
			out[i] = clamp(total >> sumBits)
		}
	}
}

// mixPixels is mixColumns for pixels of four channels.
func mixPixels(out []uint8, sums []int32, x *axis) {
	done := 0
	if n := len(out) / 4 &^ 1; simd.AVX2 && x.pitch == quad && n > 0 {
		_ = sums[4*x.from[n-1]:][:4*quad]
		mixPixelsAVX2(out[:4*n], sums, x.from[:n], x.weights[:quad*n])
		done = n
	}
	mixPixelsFrom(done, out, sums, x)
}

// mixPixelsFrom is mixPixels from a pixel on.
func mixPixelsFrom(first int, out []uint8, sums []int32, x *axis) {
	for i := first; 4*i < len(out); i++ {
		s := sums[4*x.from[i]:]
		total := [4]int32{sumHalf, sumHalf, sumHalf, sumHalf}
		for j, w := range x.of(i) {
			px := s[4*j : 4*j+4 : 4*j+4]
			total[0] += px[0] * w
			total[1] += px[1] * w
			total[2] += px[2] * w
			total[3] += px[3] * w
		}
		px := out[4*i : 4*i+4 : 4*i+4]
		for k, t := range total {
			px[k] = clamp(t >> sumBits)
		}
	}
}
