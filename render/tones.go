package render

import (
	"encoding/binary"
	"image"
	"image/color"

	"cards/design"
)

// tones tell the contrast of an ink to any pixel, from tables of what each channel adds to the
// luminances: of the pixel as it is laid under the ink, and of the ink on it. They give what ratio
// gives, several times as fast.
type tones struct{ under, inked [3][256]float64 }

// newTones makes the tables for an ink on pixels that are first changed, channel by channel.
func newTones(ink color.NRGBA, change func(grey color.NRGBA) color.NRGBA) *tones {
	t := &tones{}
	a := uint32(ink.A)
	lay := func(over, under uint8) uint8 { return uint8((uint32(over)*a + uint32(under)*(255-a) + 127) / 255) }
	for v := range 256 {
		c := change(color.NRGBA{uint8(v), uint8(v), uint8(v), 255})
		t.under[0][v], t.under[1][v], t.under[2][v] = shares(c.R, c.G, c.B)
		t.inked[0][v], t.inked[1][v], t.inked[2][v] = shares(lay(ink.R, c.R), lay(ink.G, c.G), lay(ink.B, c.B))
	}
	return t
}

// shares are the parts that the channels have in a luminance.
func shares(r, g, b uint8) (red, green, blue float64) {
	return design.Luminance(r, 0, 0), design.Luminance(0, g, 0), design.Luminance(0, 0, b)
}

// ratio is the contrast ratio of the ink to the pixel, from 1 to 21.
func (t *tones) ratio(r, g, b uint8) float64 {
	lo := t.under[0][r] + t.under[1][g] + t.under[2][b]
	hi := t.inked[0][r] + t.inked[1][g] + t.inked[2][b]
	if hi < lo {
		hi, lo = lo, hi
	}
	return (hi + 0.05) / (lo + 0.05)
}

// extremes are the brightest and the darkest pixel of a box, nearly.
func extremes(canvas *image.RGBA, box image.Rectangle) (bright, dark color.NRGBA) {
	most, least := -1, 1<<20
	for y := box.Min.Y; y < box.Max.Y; y++ {
		row := canvas.Pix[canvas.PixOffset(box.Min.X, y):][:4*box.Dx()]
		for ; len(row) >= 4; row = row[4:] {
			v := 2*int(row[0]) + 7*int(row[1]) + int(row[2])
			if v > most {
				most, bright = v, color.NRGBA{row[0], row[1], row[2], 255}
			}
			if v < least {
				least, dark = v, color.NRGBA{row[0], row[1], row[2], 255}
			}
		}
	}
	return bright, dark
}

// shadeRow lays a share of a colour, in 65,536ths, over a row of pixels, with the thresholds of a
// row of the dither. Red and blue are reckoned at once, 32 bits apart.
func shadeRow(row []uint8, c color.NRGBA, share uint32, dither *[8]uint32) {
	keep := uint64(65536 - share)
	redBlue := uint64(c.R)*uint64(share) | uint64(c.B)*uint64(share)<<32
	green := uint64(c.G) * uint64(share)
	for i := 0; i+4 <= len(row); i += 4 {
		px := binary.LittleEndian.Uint32(row[i : i+4 : i+4])
		t := uint64(dither[(i>>2)&7]) << 10
		rb := (uint64(px&0xff)|uint64(px&0xff0000)<<16)*keep + redBlue + (t | t<<32)
		g := uint64(px>>8&0xff)*keep + green + t
		binary.LittleEndian.PutUint32(row[i:i+4:i+4], uint32(rb>>16&0xff)|uint32(g>>16&0xff)<<8|uint32(rb>>48&0xff)<<16|px&0xff000000)
	}
}
