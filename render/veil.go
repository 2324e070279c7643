package render

import (
	"image"
	"image/color"
	"math"
	"slices"
)

// veil is a colour over the pixels of a photo, and the contrast that text on it is to have.
type veil struct {
	color    color.NRGBA
	contrast float64
}

// needed is the least strength, from 0 to 1, at which the ink has its contrast to every pixel of
// the box; or any over limit, where that is known to be too little.
func (v veil) needed(canvas *image.RGBA, box image.Rectangle, ink color.NRGBA, limit float64) float64 {
	need := 0.0
	raise := func(px color.NRGBA) (raised bool) {
		for need < 0.98 && ratio(ink, v.over(px, need)) < v.contrast {
			need += 0.005
			raised = true
		}
		return raised
	}
	bright, dark := extremes(canvas, box) // they tell nearly all; the others are looked at all the same
	raise(bright)
	raise(dark)
	if need > limit {
		return need
	}
	under := func(grey color.NRGBA) color.NRGBA { return v.over(grey, need) }
	t := newTones(ink, under)
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for px := range slices.Chunk(rowOf(canvas, box, y), 4*stretch) {
			if t.least(spanOf(px)) >= v.contrast {
				continue
			}
			for ; len(px) >= 4; px = px[4:] {
				if t.ratio(px[0], px[1], px[2]) < v.contrast && raise(color.NRGBA{px[0], px[1], px[2], 255}) {
					t.set(ink, under)
				}
			}
		}
	}
	return need
}

// over is the pixel under a share of the veil, rounded towards the pixel, as painting may round.
func (v veil) over(c color.NRGBA, a float64) color.NRGBA {
	lay := func(under, veil uint8) uint8 {
		mixed := float64(float64(under)*(1-a)) + float64(float64(veil)*a)
		if under > veil {
			return uint8(min(255, math.Ceil(mixed)))
		}
		return uint8(math.Floor(mixed))
	}
	return color.NRGBA{lay(c.R, v.color.R), lay(c.G, v.color.G), lay(c.B, v.color.B), 255}
}
