//go:build !amd64

package jpeg

// decodeAVX2 is never called here: simd.AVX2 is false.
func decodeAVX2(*scanner, int, int) (int, bool) { panic("no AVX2") }
