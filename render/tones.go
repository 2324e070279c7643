package render

import (
	"image/color"

	"newsroom.example/cards/internal/design"
)

// tones tell the contrast of an ink to any pixel, from tables of what each channel adds to the
// luminances: of the pixel as it is laid under the ink, and of the ink on it. They give what ratio
// gives, several times as fast.
type tones struct{ under, inked [3][256]float64 }

// newTones makes the tables for an ink on pixels that are first changed, channel by channel.
func newTones(ink color.NRGBA, change func(grey color.NRGBA) color.NRGBA) *tones {
	t := new(tones) // on the caller's stack, mostly: 12 KB
	t.set(ink, change)
	return t
}

// set makes the tables anew.
func (t *tones) set(ink color.NRGBA, change func(grey color.NRGBA) color.NRGBA) {
	a := uint32(ink.A)
	lay := func(over, under uint8) uint8 { return uint8((uint32(over)*a + uint32(under)*(255-a) + 127) / 255) }
	for v := range 256 {
		c := change(color.NRGBA{uint8(v), uint8(v), uint8(v), 255})
		t.under[0][v], t.under[1][v], t.under[2][v] = shares[0][c.R], shares[1][c.G], shares[2][c.B]
		t.inked[0][v], t.inked[1][v], t.inked[2][v] = shares[0][lay(ink.R, c.R)], shares[1][lay(ink.G, c.G)], shares[2][lay(ink.B, c.B)]
	}
}

// shares are the parts that the channels have in a luminance.
var shares = func() (s [3][256]float64) {
	for v := range 256 {
		s[0][v], s[1][v], s[2][v] = design.Luminance(uint8(v), 0, 0), design.Luminance(0, uint8(v), 0), design.Luminance(0, 0, uint8(v))
	}
	return s
}()

// ratio is the contrast ratio of the ink to the pixel, from 1 to 21.
func (t *tones) ratio(r, g, b uint8) float64 {
	lo, hi := t.luminances(r, g, b)
	if hi < lo {
		hi, lo = lo, hi
	}
	return (hi + 0.05) / (lo + 0.05)
}

// luminances are those of the pixel and of the ink on it. Neither falls where a channel rises.
func (t *tones) luminances(r, g, b uint8) (under, inked float64) {
	return t.under[0][r] + t.under[1][g] + t.under[2][b], t.inked[0][r] + t.inked[1][g] + t.inked[2][b]
}

// least is a ratio that no pixel within the span falls below, as ratio rounds: sums and quotients
// do not fall where what they are made of rises, rounded or not.
func (t *tones) least(s span) float64 {
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
