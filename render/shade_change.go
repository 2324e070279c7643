package render

import (
	"image"
	"image/color"

	"newsroom.example/cards/render/raster"
	"newsroom.example/cards/render/scrim"
)

// Limits on how much a scrim may change a photo under its text. A dark photo changes little, however strong the
// scrim is.
const (
	mostChange = 0.25 // change of the mean brightness, as a fraction of the range from black to white
	mostGreyed = 0.15 // fraction of the pixels that are white and lose more than half of their brightness
	mostAside  = 0.12 // like mostChange, under small text alone, for which another place is found more easily
)

// mostTexture is how much detail may be left under text by a scrim; see texture.
const mostTexture = 0.045

// calmMost is the strength up to which a scrim gets stronger to calm the detail under text that has no other place.
const calmMost = 0.6

// whitePixel is the scrim.Brightness from which a pixel counts as white: 217 of 255.
const whitePixel = 2170

// change returns how much the gradient changes the mean brightness of the photo from the text's first row to the
// bottom, and the fraction of its pixels there that change from white to grey. It samples one pixel of each 8 by
// 8.
func (s Shade) change(canvas *image.RGBA, foot end, set setting, gap int) (mean, greyed float64) {
	rows, colour := s.gradient(foot, set, gap), set.in.Scrim
	target, sum, grey, n := scrim.Brightness(colour.R, colour.G, colour.B), uint64(0), 0, 0
	for y := foot.top(s.Rect.Max.Y); y < s.Rect.Max.Y; y += 8 {
		row, strength := raster.Row(canvas, s.Rect, y), rows[y-s.Rect.Min.Y]
		for i := 0; i+4 <= len(row); i += 8 * 4 {
			v := scrim.Brightness(row[i], row[i+1], row[i+2])
			sum, n = sum+uint64(max(v-target, target-v))*uint64(strength), n+1
			if v >= whitePixel && strength > 1<<15 && target < whitePixel/2 {
				grey++
			}
		}
	}
	n = max(1, n)
	return float64(sum) / float64(n*2550*65536), float64(grey) / float64(n)
}

// patched returns how much the patches of a setting change the mean brightness of the photo under their lines, as a
// share of the range from black to white. It samples one pixel of each 4 by 4.
func patched(canvas *image.RGBA, head end, set setting) float64 {
	colour, sum, n := set.in.Scrim, 0.0, 0
	target := scrim.Brightness(colour.R, colour.G, colour.B)
	for i, line := range head.lines {
		for y := line.box.Min.Y; y < line.box.Max.Y; y += 4 {
			row, far := raster.Row(canvas, line.box, y), 0
			for x := 0; x+4 <= len(row); x += 4 * 4 {
				v := scrim.Brightness(row[x], row[x+1], row[x+2])
				far, n = far+max(v-target, target-v), n+1
			}
			sum += float64(float64(far) * set.needs[i])
		}
	}
	return sum / float64(2550*max(1, n))
}

// A tinted scrim: its colour is as dark as the theme's, with the hue of the photo under the text.
const (
	darkScrim = 24 // the lightest channel of a scrim that is tinted
	tintMost  = 44 // what the tint adds to a channel
	tintFrom  = 60 // difference between the channels of the photo's mean from which on it adds all
)

// tinted returns the scrim's colour with the hue of the photo under the text at the bottom, so that a pale sky turns to
// dusk and not to grey. A scrim that the theme has given a colour of its own keeps it.
func (s Shade) tinted(canvas *image.RGBA, foot end) color.NRGBA {
	c := s.Own.Scrim
	if max(c.R, c.G, c.B) > darkScrim {
		return c
	}
	var sum [3]int
	n := 0
	for y := foot.top(s.Rect.Max.Y); y < s.Rect.Max.Y; y += 8 {
		row := raster.Row(canvas, s.Rect, y)
		for i := 0; i+4 <= len(row); i += 8 * 4 {
			for k := range sum {
				sum[k] += int(row[i+k])
			}
			n++
		}
	}
	if n == 0 {
		return c
	}
	least := min(sum[0], sum[1], sum[2])
	span := max(sum[0]-least, sum[1]-least, sum[2]-least, tintFrom*n)
	add := func(v uint8, sum int) uint8 { return v + uint8(tintMost*(sum-least)/span) }
	return color.NRGBA{add(c.R, sum[0]), add(c.G, sum[1]), add(c.B, sum[2]), c.A}
}

// texture returns how much neighbouring pixels under a line of a setting differ in brightness on average, after the
// scrim, as a share of the range from black to white, at the line where that is the most: the strokes of lettering,
// leaves, crowds. Short lines do not count: an edge under a section spoils nothing. It samples every fourth row.
func texture(canvas *image.RGBA, e end, set setting) (most float64) {
	widest := 0
	for _, line := range e.lines {
		widest = max(widest, line.box.Dx())
	}
	for i, line := range e.lines {
		if 3*line.box.Dx() < widest {
			continue
		}
		far, n := 0, 0
		for y := line.box.Min.Y; y < line.box.Max.Y; y += 4 {
			row := raster.Row(canvas, line.box, y)
			for x := 0; x+4*4 < len(row); x += 4 * 4 {
				v := scrim.Brightness(row[x], row[x+1], row[x+2]) - scrim.Brightness(row[x+16], row[x+17], row[x+18])
				far, n = far+max(v, -v), n+1
			}
		}
		most = max(most, float64(float64(far)*float64(1-set.needs[i]))/float64(2550*max(1, n)))
	}
	return most
}

// calmed returns a setting with a light scrim, and what it costs that it leaves too much detail under the text: a dark
// photo needs little of a scrim, and may be full of lettering. If final is true, the scrim is made stronger instead.
func (s Shade) calmed(canvas *image.RGBA, foot end, own setting, final bool) (set setting, dim int) {
	busy := texture(canvas, foot, own)
	switch {
	case busy <= mostTexture:
		return own, 0
	case !final && foot.small():
		return own, asideCost
	case !final:
		return own, dimCost(busy / mostTexture)
	}
	for i, need := range own.needs {
		own.needs[i] = max(need, min(calmMost, 1-float64((1-need)*mostTexture/busy)))
		own.most = max(own.most, own.needs[i])
	}
	return own, 0
}
