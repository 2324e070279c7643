// Package jpeg decodes and encodes JPEG files faster than image/jpeg.
//
// There are two decoders. Decoder is for baseline and extended sequential files with Huffman coding, 8 bits, grey or
// YCbCr, in one scan, as most photos are. It decodes a region of a picture at 1/1, 1/2, 1/4 or 1/8 of its size. Every
// block up to the last row of the region passes through the entropy decoder, but only the blocks of the region through
// an inverse DCT, with as many points as the size needs. For all other files, damaged ones too, its error is
// ErrForeign.
//
// A Reading is for these Files: progressive files, arithmetic coding, several scans, inks, RGB, any sampling factors,
// files that are cut short or damaged. It reads the whole file, as far as one of the same sizes needs it, into a
// Content, which says how much of the picture there is. A Decoder makes pictures of that.
// Lossless and hierarchical files and those of more than 8 bits are refused by name.
//
// At 1/1 the samples are the same as those of image/jpeg, bit for bit, for all files that it decodes.
//
// The encoder writes baseline 4:2:0 files with the tables of ITU-T T.81, annex K. It transforms a
// picture once, and finds the best quality within a limit of bytes from the coefficients. Several
// goroutines can encode one picture; the bytes do not depend on their number.
//
// All arithmetic is in integers: the same input gives the same bytes on every machine.
// docs/codecs.md describes each part and names the publication of its method.
package jpeg

import "errors"

// ErrForeign says that this package does not support a file, or that the file is damaged.
var ErrForeign = errors.New("not a sequential JPEG in one scan")

// zigzag maps the coefficients of a block from stream order to row-by-row order (T.81, figure 5).
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
