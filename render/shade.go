package render

import (
	"fmt"
	"image"
	"image/color"
	"math"

	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/render/raster"
	"newsroom.example/cards/render/scrim"
)

// Shade is the scrim of a photo. It lies only under text, and is only as strong as the text's contrast requires:
// a gradient at the bottom, and patches under the text at the top. Strengths are proportions of the scrim's
// colour, in units of 1/65,536; solve computes them.
type Shade struct {
	Rect       image.Rectangle
	Own, Other design.Pairing // the possible colours of text and scrim, at the bottom and at the top
	Contrast   float64        // required contrast of text: more than WCAG's 4.5:1, because JPEG changes pixels

	Foot, Head color.NRGBA // the colours of gradient and patches
	Rows       []uint32    // the gradient's strength for each row of Rect; nil before solve
	Lobes      []Lobe      // the patches; where they overlap, the strongest is used
}

// Lengths of the scrim's fades: fractions of the photo's height and width, and pixels.
const (
	fadeIn    = 0.30 // of the height, above the text at the bottom
	fadeBelow = 0.24 // of the height, below the text at the top
	fadeSide  = 0.32 // of the width, at the sides of the text at the top
	leastFade = 110  // pixels: a shorter fade would be visible as an edge on a white sky
)

// Strengths of a scrim, from 0 to 1.
const (
	// light is the strength up to which a gradient does not spoil the photo. Text that needs more uses the
	// other pairing, if that needs at most this strength. A patch is stronger only directly under its text.
	light = 0.42
	// faint is the strength up to which a patch is not visible on a clear sky.
	faint = 0.2
)

func (s Shade) String() string {
	if s.Rows == nil {
		return "shade"
	}
	at := func(part float64) float64 { return percent(s.Rows[int(part*float64(len(s.Rows)-1))]) }
	out := fmt.Sprintf("shade %v %s %.0f %.0f %.0f %.0f %.0f %%",
		s.Rect, hex(s.Foot), at(0), at(.25), at(.5), at(.75), at(1))
	for _, l := range s.Lobes {
		out += fmt.Sprintf("\n  patch %v %s %.0f %%", l.Rect, hex(s.Head), percent(l.Strength))
	}
	return out
}

func percent(share uint32) float64 { return float64(share) / 65536 * 100 }

// solve computes the weakest sufficient scrim under the text of ops, and sets the colours of the text. heavy is
// over 1 if the scrim would spoil the photo, so that another template is better: how many times it exceeds the limits.
// It is 0 otherwise, and if final is true: there is no other template.
func (s Shade) solve(canvas *image.RGBA, ops []Op, final bool) (solved Shade, heavy float64) {
	head, foot := s.ends(ops)
	gap := foot.top(s.Rect.Max.Y) - head.foot(s.Rect.Min.Y)
	apart := gap >= leastFade // the scrim of each end does not reach the text of the other
	foot.fixed = foot.fixed || head.fixed && !apart
	set, heavy := s.chooseFoot(canvas, foot, gap, final)
	s.Foot, s.Rows = set.in.Scrim, s.gradient(foot, set, gap)
	foot.paint(ops, s.Own, set.in)

	set = s.chooseHead(canvas, head, set, apart)
	s.Head, s.Lobes = set.in.Scrim, s.patches(head, set, gap)
	head.paint(ops, s.Own, set.in)
	return s, heavy
}

// chooseFoot returns the pairing of the text at the bottom. It is the theme's own, unless its scrim is not light,
// and that of the other pairing is light and changes the photo less than half as much. heavy is over 1 if neither is
// light and the own one changes the photo too much. If final is true, the other scrim need not be light.
func (s Shade) chooseFoot(canvas *image.RGBA, foot end, gap int, final bool) (set setting, heavy float64) {
	own := s.measure(canvas, foot, s.Own, 1)
	if own.most <= light {
		return own, 0
	}
	most := light
	if final {
		most = 1
	}
	change, greyed := s.change(canvas, foot, own, gap)
	if !foot.fixed {
		other := s.measure(canvas, foot, s.Other, most)
		if less, _ := s.change(canvas, foot, other, gap); other.most <= most && 2*less < change {
			return other, 0
		}
	}
	if times := max(change/mostChange, greyed/mostGreyed); times > 1 && !final {
		return own, times
	}
	return own, 0
}

// chooseHead returns the pairing of the text at the top. It is that of the bottom, unless its scrim would be
// visible and the other's is at most half as strong. apart means that the two ends may differ.
func (s Shade) chooseHead(canvas *image.RGBA, head end, foot setting, apart bool) setting {
	if head.fixed {
		return s.measure(canvas, head, s.Own, 1)
	}
	same := s.measure(canvas, head, foot.in, 1)
	if !apart || same.most <= faint {
		return same
	}
	in := s.Own
	if foot.in == s.Own {
		in = s.Other
	}
	if other := s.measure(canvas, head, in, same.most/2); other.most <= same.most/2 {
		return other
	}
	return same
}

// Limits on how much a scrim may change a photo under its text. A dark photo changes little, however strong the
// scrim is.
const (
	mostChange = 0.35 // change of the mean brightness, as a fraction of the range from black to white
	mostGreyed = 0.25 // fraction of the pixels that are white and lose more than half of their brightness
)

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

// gradient returns the strength of each row. From each line to the bottom it is at least what the line needs. It
// fades in above the line, over at most two thirds of the gap to the text at the top, so that the middle of the
// photo stays bright.
func (s Shade) gradient(foot end, set setting, gap int) []uint32 {
	h := s.Rect.Dy()
	rows := make([]uint32, h)
	fade := max(leastFade, min(2*gap/3, int(fadeIn*float64(h))))
	for i, line := range foot.lines {
		top := line.box.Min.Y - s.Rect.Min.Y
		for y := max(0, top-fade); y < top; y++ {
			eased := ease(float64(y-top+fade) / float64(fade))
			rows[y] = max(rows[y], uint32(math.Round(float64(set.needs[i]*eased)*65536)))
		}
		full := uint32(math.Round(set.needs[i] * 65536))
		for y := top; y < h; y++ {
			rows[y] = max(rows[y], full)
		}
	}
	return rows
}

// ease is smoothstep, which is flat at both ends, so that no bands are visible.
func ease(t float64) float64 { return t * t * (3 - float64(2*t)) }

// paint blends the gradient and the patches into the photo. If they have the same colour, the stronger one is used
// at each pixel.
func (s Shade) paint(canvas *image.RGBA) {
	same := s.Head == s.Foot
	shares := make([]uint32, s.Rect.Dx())
	for y, a := range s.Rows {
		row := raster.Row(canvas, s.Rect, s.Rect.Min.Y+y)
		least := uint32(0)
		if same {
			least = a
		}
		from, to := s.blend(shares, y, least)
		raster.TintEach(row[4*from:4*to], s.Head, shares[from:to], y)
		if !same {
			from, to = 0, 0
		}
		if a > 0 {
			raster.TintRow(row[:4*from], s.Foot, a, y)
			raster.TintRow(row[4*to:], s.Foot, a, y)
		}
	}
}
