//go:build !amd64

package render

// Never called: simd.AVX2 is false here.

func shadeRowAVX2([]uint8, uint32, *[3][8]uint32) {}
