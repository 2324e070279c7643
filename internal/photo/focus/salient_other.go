//go:build !amd64

package focus

// This is never called: simd.AVX2 is false.
func weighAVX2([]int64, *pixels, int, uint8, uint8) {}
