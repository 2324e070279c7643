package scrim

import (
	"image"
	"image/color"
	"slices"

	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/render/raster"
)

// Tones computes the contrast of one ink with any pixel. It uses tables of what each channel adds to two luminances:
// that of the pixel under the ink, and that of the ink on the pixel. The ratios are exactly those of design.Contrast,
// and are computed several times as fast. It is safe for concurrent use.
type Tones struct{ under, inked [3][256]float64 }

// NewTones returns the tones of an ink, which may be translucent.
func NewTones(ink color.NRGBA) *Tones { return newTones(ink, unchanged) }

func unchanged(c color.NRGBA) color.NRGBA { return c }

// newTones computes the tables for an ink on pixels that are first changed, channel by channel.
func newTones(ink color.NRGBA, change func(grey color.NRGBA) color.NRGBA) *Tones {
	t := new(Tones) // 12 KB, mostly on the caller's stack
	t.set(ink, change)
	return t
}

// set computes the tables.
func (t *Tones) set(ink color.NRGBA, change func(grey color.NRGBA) color.NRGBA) {
	a := uint32(ink.A)
	lay := func(over, under uint8) uint8 { return uint8((uint32(over)*a + uint32(under)*(255-a) + 127) / 255) }
	for v := range 256 {
		c := change(color.NRGBA{uint8(v), uint8(v), uint8(v), 255})
		t.under[0][v], t.under[1][v], t.under[2][v] = shares[0][c.R], shares[1][c.G], shares[2][c.B]
		t.inked[0][v] = shares[0][lay(ink.R, c.R)]
		t.inked[1][v] = shares[1][lay(ink.G, c.G)]
		t.inked[2][v] = shares[2][lay(ink.B, c.B)]
	}
}

// shares holds the contribution of each value of each channel to a luminance.
var shares = func() (s [3][256]float64) {
	for v := range 256 {
		s[0][v] = design.Luminance(uint8(v), 0, 0)
		s[1][v] = design.Luminance(0, uint8(v), 0)
		s[2][v] = design.Luminance(0, 0, uint8(v))
	}
	return s
}()

// ratio returns the contrast ratio of the ink to the pixel, from 1 to 21.
func (t *Tones) ratio(r, g, b uint8) float64 {
	lo, hi := t.luminances(r, g, b)
	if hi < lo {
		hi, lo = lo, hi
	}
	return (hi + 0.05) / (lo + 0.05)
}

// luminances returns those of the pixel and of the ink on it. Both are monotonic in each channel.
func (t *Tones) luminances(r, g, b uint8) (under, inked float64) {
	return t.under[0][r] + t.under[1][g] + t.under[2][b], t.inked[0][r] + t.inked[1][g] + t.inked[2][b]
}

// least returns a lower bound of ratio for all pixels within the span. The bound holds exactly, because rounded sums
// and quotients are monotonic too.
func (t *Tones) least(s span) float64 {
	under0, inked0 := t.luminances(s.lo[0], s.lo[1], s.lo[2])
	under1, inked1 := t.luminances(s.hi[0], s.hi[1], s.hi[2])
	switch {
	case inked0 >= under1:
		return (inked0 + 0.05) / (under1 + 0.05)
	case under0 >= inked1:
		return (under0 + 0.05) / (inked1 + 0.05)
	}
	return 1
}

// Lowest returns the lowest ratio of the ink with the pixels of a box, or lowest if that is lower.
func (t *Tones) Lowest(canvas *image.RGBA, box image.Rectangle, lowest float64) float64 {
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for px := range slices.Chunk(raster.Row(canvas, box, y), 4*stretch) {
			if t.least(spanOf(px)) < lowest {
				for ; len(px) >= 4; px = px[4:] {
					lowest = min(lowest, t.ratio(px[0], px[1], px[2]))
				}
			}
		}
	}
	return lowest
}
