package raster

// tintRowAVX2 implements tintPixels: each channel times keep, from 0 to 65,535, plus the value in add for the
// channel and for the position of the pixel among eight, in units of 1/65,536. len(row) must be a positive multiple
// of 32.
//
//go:noescape
func tintRowAVX2(row []uint8, keep uint32, add *[3][8]uint32)

// tintEachAVX2 implements tintEachFrom for the pixels from the first on. len(shares) must be a positive multiple of
// 8, no share may be greater than 65,536, and row must have len(shares) pixels.
//
//go:noescape
func tintEachAVX2(row []uint8, shares []uint32, c *[3]uint32, dither *[8]uint32)

// raiseAVX2 implements raiseFrom for the columns from the first on. len(across) must be a positive multiple of 8, and
// shares must be as long.
//
//go:noescape
func raiseAVX2(shares, across []uint32, down uint32)
