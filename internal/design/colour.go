package design

import (
	"encoding/hex"
	"image/color"
	"math"
)

// Colour parses a colour of a theme, or of a template's own: "#rrggbb".
func Colour(s string) (color.NRGBA, bool) {
	if len(s) != 7 || s[0] != '#' {
		return color.NRGBA{}, false
	}
	rgb, err := hex.DecodeString(s[1:])
	if err != nil {
		return color.NRGBA{}, false
	}
	return color.NRGBA{rgb[0], rgb[1], rgb[2], 255}, true
}

// linear is the linear light of each sRGB value (IEC 61966-2-1), from 0 to 1.
var linear = func() (t [256]float64) {
	for i := range t {
		v := float64(i) / 255
		if v <= 0.04045 {
			t[i] = v / 12.92
		} else {
			t[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return t
}()

// Luminance is the relative luminance of WCAG 2.2, from 0 to 1.
func Luminance(r, g, b uint8) float64 {
	return float64(0.2126*linear[r]) + float64(0.7152*linear[g]) + float64(0.0722*linear[b])
}

// MinContrast is the ratio that WCAG 2.2 requires of text (success criterion 1.4.3).
const MinContrast = 4.5

// Contrast returns the contrast ratio of WCAG 2.2 of an ink on an opaque background, from 1 to 21.
func Contrast(ink, ground color.NRGBA) float64 {
	a := uint32(ink.A)
	lay := func(over, under uint8) uint8 { return uint8((uint32(over)*a + uint32(under)*(255-a) + 127) / 255) }
	hi := Luminance(lay(ink.R, ground.R), lay(ink.G, ground.G), lay(ink.B, ground.B))
	lo := Luminance(ground.R, ground.G, ground.B)
	if hi < lo {
		hi, lo = lo, hi
	}
	return (hi + 0.05) / (lo + 0.05)
}

var (
	white = color.NRGBA{255, 255, 255, 255}
	black = color.NRGBA{0x11, 0x11, 0x11, 255}
)

// On returns the ink, white or black, with the higher contrast on the background.
func On(ground color.NRGBA) color.NRGBA {
	if Contrast(white, ground) >= Contrast(black, ground) {
		return white
	}
	return black
}
