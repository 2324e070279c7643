//go:build !amd64

package focus

// This is never called: simd.AVX2 is false.
func fillAVX2(sum, square []uint32, pix []uint8, w, h int) {
	(&integral{sum, square}).fillEach(plane{w: w, h: h, pix: pix})
}
