//go:build !amd64

package raster

// Never called: simd.AVX2 is false here.

func mixRowsAVX2(sums []int32, rows *[quad][]uint8, w *[quad]int32, keep int32, shift uint) {
	mixRowsFrom(0, sums, rows, w, keep, shift)
}

func mixColumnsAVX2(out []uint8, sums, from, weights []int32) {
	mixColumnsFrom(0, out, sums, &axis{taps: quad, pitch: quad, from: from, weights: weights})
}

func mixPixelsAVX2(out []uint8, sums, from, weights []int32) {
	mixPixelsFrom(0, out, sums, &axis{taps: quad, pitch: quad, from: from, weights: weights})
}
