//go:build !amd64

package render

// Never called: simd.AVX2 is false here.

func shadeRowAVX2([]uint8, uint32, *[3][8]uint32) {}

func shadeEachAVX2([]uint8, []uint32, *[3]uint32, *[8]uint32) {}

func raiseAVX2(_, _ []uint32, _ uint32) {}
