package render

// shadeRowAVX2 is shadePixels: each channel times keep, from 0 to 65,535, plus what add has for it and
// for the pixel's place among eight, in 65,536ths. len(row) is a multiple of 32 and over 0.
//
//go:noescape
func shadeRowAVX2(row []uint8, keep uint32, add *[3][8]uint32)
