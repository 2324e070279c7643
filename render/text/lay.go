package text

import (
	"encoding/binary"
	"image/color"

	"newsroom.example/cards/internal/simd"
)

// blockPx is how many pixels are blended at once. The rows of masks are padded to whole blocks.
const blockPx = 8

// layRows blends an ink into rows of a picture with the coverage of cover. Rows of the picture begin at dst[0],
// are stride bytes apart, and must have 4*width bytes. Rows of cover are contiguous, with width bytes, a multiple
// of blockPx.
func layRows(dst []uint8, stride int, cover []uint8, width, rows int, ink color.NRGBA) {
	if width == 0 || rows == 0 {
		return
	}
	if simd.AVX2 {
		_ = dst[(rows-1)*stride+4*width-1]
		_ = cover[rows*width-1]
		colour := uint32(ink.R) | uint32(ink.G)<<8 | uint32(ink.B)<<16 | 255<<24
		layRowsAVX2(&dst[0], stride, &cover[0], width/blockPx, rows, colour, uint32(ink.A))
		return
	}
	layRowsGo(dst, stride, cover, width, rows, ink)
}

func layRowsGo(dst []uint8, stride int, cover []uint8, width, rows int, ink color.NRGBA) {
	for y := range rows {
		row, over := dst[y*stride:], cover[y*width:][:width]
		for x := 0; x < width; x += blockPx {
			if binary.LittleEndian.Uint64(over[x:]) != 0 {
				layRow(row[4*x:], over[x:x+blockPx], ink)
			}
		}
	}
}

// layRow blends the ink into as many pixels as cover has bytes.
func layRow(row, cover []uint8, ink color.NRGBA) {
	for x, c := range cover {
		if c == 0 {
			continue
		}
		px := row[x*4 : x*4+4 : x*4+4]
		a := (uint32(c)*uint32(ink.A) + 127) / 255
		if a == 255 {
			px[0], px[1], px[2], px[3] = ink.R, ink.G, ink.B, 255
			continue
		}
		px[0] = blend(px[0], ink.R, a)
		px[1] = blend(px[1], ink.G, a)
		px[2] = blend(px[2], ink.B, a)
		px[3] = blend(px[3], 255, a)
	}
}

// blend returns under covered by over with an alpha of a/255.
func blend(under, over uint8, a uint32) uint8 {
	return uint8((uint32(under)*(255-a) + uint32(over)*a + 127) / 255)
}
