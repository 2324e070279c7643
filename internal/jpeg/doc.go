// Package jpeg decodes and encodes the JPEG files of photo cards faster than image/jpeg does.
//
// The decoder takes baseline and extended sequential Huffman files of 8 bits, grey or YCbCr, in
// one scan. It decodes a part of a picture at 1/1, 1/2, 1/4 or 1/8 of its size: every block goes
// through the entropy decoder, but only the kept ones through an inverse DCT, of as many points as
// the size asks for, and reading ends with the last kept row. At 1/1 it gives the samples that
// image/jpeg gives, bit for bit. All else (progressive, arithmetic, 12 bits, CMYK, RGB, files that
// are damaged) is ErrForeign: image/jpeg is for them.
//
// The encoder writes baseline 4:2:0 files with the tables of ITU-T T.81, annex K. It transforms a
// picture once and finds the best quality that keeps a limit of bytes from its coefficients. Several
// cores can share a picture; its bytes do not tell.
//
// All arithmetic is in whole numbers: the same input gives the same bytes on every machine.
// docs/codecs.md tells how each part works and where the method was published.
package jpeg

import "errors"

// ErrForeign says that a file is not of the kind that this package decodes, or is damaged.
var ErrForeign = errors.New("not a sequential JPEG in one scan")

// zigzag is where each coefficient of a block's stream stands, row by row (T.81, figure 5).
var zigzag = [64]uint8{
	0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5,
	12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
	35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51,
	58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
}

// Markers (T.81, table B.1).
const (
	markSOF0  = 0xc0
	markSOF1  = 0xc1
	markDHT   = 0xc4
	markRST0  = 0xd0
	markRST7  = 0xd7
	markSOI   = 0xd8
	markEOI   = 0xd9
	markSOS   = 0xda
	markDQT   = 0xdb
	markDRI   = 0xdd
	markAPP0  = 0xe0
	markAdobe = 0xee
)
