//go:build !amd64

package focus

// Never called: simd.AVX2 is false here.
func weighAVX2([]int64, *pixels, int, uint8, uint8) {}
