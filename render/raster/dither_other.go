//go:build !amd64

package raster

// Never called: simd.AVX2 is false here.

func tintRowAVX2([]uint8, uint32, *[3][8]uint32) {}

func tintEachAVX2([]uint8, []uint32, *[3]uint32, *[8]uint32) {}

func raiseAVX2(_, _ []uint32, _ uint32) {}
