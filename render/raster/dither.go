package raster

import (
	"encoding/binary"
	"image/color"

	"newsroom.example/cards/internal/simd"
)

// bayer holds the thresholds of an ordered 8x8 dither, from 0 to 63. It hides the steps of a gradient over an even
// sky. (Bayer 1973, by bit interleaving.)
var bayer = func() (m [8][8]uint32) {
	for y := range 8 {
		for x := range 8 {
			v := uint32(0)
			for bit := range 3 {
				v |= (uint32((x^y)>>bit) & 1) << (2*(2-bit) + 1)
				v |= (uint32(y>>bit) & 1) << (2 * (2 - bit))
			}
			m[y][x] = v
		}
	}
	return m
}()

// TintRow mixes a colour into a row of pixels, in a proportion in units of 1/65,536. y selects the row of the
// dither; the first pixel uses its first column.
func TintRow(row []uint8, c color.NRGBA, share uint32, y int) {
	dither := &bayer[y&7]
	if n := len(row) &^ 31; simd.AVX2 && n > 0 {
		var add [3][8]uint32
		for i, t := range dither {
			t <<= 10
			add[0][i], add[1][i], add[2][i] = uint32(c.R)*share+t, uint32(c.G)*share+t, uint32(c.B)*share+t
		}
		tintRowAVX2(row[:n], 65536-share, &add)
		row = row[n:] // whole rows of the dither are done
	}
	tintPixels(row, c, share, dither)
}

// tintPixels is TintRow in Go. Red and blue are computed together, 32 bits apart.
func tintPixels(row []uint8, c color.NRGBA, share uint32, dither *[8]uint32) {
	keep := uint64(65536 - share)
	redBlue := uint64(c.R)*uint64(share) | uint64(c.B)*uint64(share)<<32
	green := uint64(c.G) * uint64(share)
	for i := 0; i+4 <= len(row); i += 4 {
		px := binary.LittleEndian.Uint32(row[i : i+4 : i+4])
		t := uint64(dither[(i>>2)&7]) << 10
		rb := (uint64(px&0xff)|uint64(px&0xff0000)<<16)*keep + redBlue + (t | t<<32)
		g := uint64(px>>8&0xff)*keep + green + t
		px = px&0xff000000 | uint32(rb>>16&0xff) | uint32(g>>16&0xff)<<8 | uint32(rb>>48&0xff)<<16
		binary.LittleEndian.PutUint32(row[i:i+4:i+4], px)
	}
}

// TintEach is like TintRow, with a separate proportion for each pixel.
func TintEach(row []uint8, c color.NRGBA, shares []uint32, y int) {
	dither := &bayer[y&7]
	done := 0
	if n := len(shares) &^ 7; simd.AVX2 && n > 0 {
		_ = row[4*n-1]
		tintEachAVX2(row, shares[:n], &[3]uint32{uint32(c.R), uint32(c.G), uint32(c.B)}, dither)
		done = n
	}
	tintEachFrom(done, row, c, shares, dither)
}

// tintEachFrom is TintEach in Go, from pixel first on.
func tintEachFrom(first int, row []uint8, c color.NRGBA, shares []uint32, dither *[8]uint32) {
	r, g, b := uint32(c.R), uint32(c.G), uint32(c.B)
	for i := first; i < len(shares); i++ {
		px, share, t := row[4*i:4*i+4:4*i+4], shares[i], dither[i&7]<<10
		keep := 65536 - share
		px[0] = uint8((uint32(px[0])*keep + r*share + t) >> 16)
		px[1] = uint8((uint32(px[1])*keep + g*share + t) >> 16)
		px[2] = uint8((uint32(px[2])*keep + b*share + t) >> 16)
	}
}

// RaiseShares raises each share to its value of across times down, which is in units of 1/32,768, if that is more.
func RaiseShares(shares, across []uint32, down uint32) {
	done := 0
	if n := len(across) &^ 7; simd.AVX2 && n > 0 {
		_ = shares[n-1]
		raiseAVX2(shares, across[:n], down)
		done = n
	}
	raiseFrom(done, shares, across, down)
}

// raiseFrom is RaiseShares in Go, from column first on.
func raiseFrom(first int, shares, across []uint32, down uint32) {
	for i := first; i < len(across); i++ {
		shares[i] = max(shares[i], across[i]*down>>15)
	}
}
