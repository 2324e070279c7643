package raster

// tintRowAVX2 is tintPixels: each channel times keep, from 0 to 65,535, plus what add has for it and
// for the pixel's place among eight, in 65,536ths. len(row) is a multiple of 32 and over 0.
//
//go:noescape
func tintRowAVX2(row []uint8, keep uint32, add *[3][8]uint32)

// tintEachAVX2 is tintEachFrom, from the first pixel on. len(shares) is a multiple of 8 and over 0,
// no share is over 65,536, and row has as many pixels.
//
//go:noescape
func tintEachAVX2(row []uint8, shares []uint32, c *[3]uint32, dither *[8]uint32)

// raiseAVX2 is raiseFrom, from the first column on. len(across) is a multiple of 8 and over 0, and
// shares has as many.
//
//go:noescape
func raiseAVX2(shares, across []uint32, down uint32)
