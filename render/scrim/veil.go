package scrim

import (
	"image"
	"image/color"
	"math"
	"slices"

	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/render/raster"
)

// Veil is a colour that is blended over a photo, and the contrast ratio that text on it must have.
type Veil struct {
	Color    color.NRGBA
	Contrast float64
}

// Needed returns the minimum strength of the veil, from 0 to 1, at which the ink has the contrast with every pixel
// of the box. If that is over limit, the result may be any number over limit.
func (v Veil) Needed(canvas *image.RGBA, box image.Rectangle, ink color.NRGBA, limit float64) float64 {
	need := 0.0
	raise := func(px color.NRGBA) (raised bool) {
		for need < 0.98 && design.Contrast(ink, v.over(px, need)) < v.Contrast {
			need += 0.005
			raised = true
		}
		return raised
	}
	bright, dark := extremes(canvas, box) // nearly always decisive; the other pixels are still checked
	raise(bright)
	raise(dark)
	if need > limit {
		return need
	}
	under := func(grey color.NRGBA) color.NRGBA { return v.over(grey, need) }
	t := newTones(ink, under)
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for px := range slices.Chunk(raster.Row(canvas, box, y), 4*stretch) {
			if t.least(spanOf(px)) >= v.Contrast {
				continue
			}
			for ; len(px) >= 4; px = px[4:] {
				if t.ratio(px[0], px[1], px[2]) < v.Contrast && raise(color.NRGBA{px[0], px[1], px[2], 255}) {
					t.set(ink, under)
				}
			}
		}
	}
	return need
}

// over returns the pixel under a proportion of the veil, rounded towards the pixel as painting may round.
func (v Veil) over(c color.NRGBA, a float64) color.NRGBA {
	lay := func(under, veil uint8) uint8 {
		mixed := float64(float64(under)*(1-a)) + float64(float64(veil)*a)
		if under > veil {
			return uint8(min(255, math.Ceil(mixed)))
		}
		return uint8(math.Floor(mixed))
	}
	return color.NRGBA{lay(c.R, v.Color.R), lay(c.G, v.Color.G), lay(c.B, v.Color.B), 255}
}
