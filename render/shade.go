package render

import (
	"fmt"
	"image"
	"image/color"
	"math"

	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/render/raster"
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
	fadeIn    = 0.5  // of the height, above the text at the bottom
	fadeGap   = 0.8  // of the gap between the texts, likewise: the middle of the photo stays bright
	fadeBelow = 0.24 // of the height, below the text at the top
	fadeSide  = 0.32 // of the width, at the sides of the text at the top
	leastFade = 110  // pixels: a shorter fade would be visible as an edge on a white sky
)

// Strengths of a scrim, from 0 to 1.
const (
	// light is the strength up to which a gradient does not spoil the photo. Text that needs more uses the
	// other pairing, if that needs at most this strength. A patch is stronger only directly under its text.
	light = 0.42
	// faint is the change of the mean brightness, as a share of the range from black to white, up to which patches are
	// not visible on a clear sky.
	faint = 0.12
	// seen is the change up to which patches are seen, but do not spoil the photo. Between the two, text at the top keeps
	// its ink on the middle tones of dusk and of clouds, unless the other ink is clear without any patch.
	seen = 0.31
	// sureContrast is the contrast of such an ink, at every pixel: on middle tones light ink is clearer to the eye than
	// the ratio says, and dark ink less.
	sureContrast = 8
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

// solve computes the weakest sufficient scrim under the text of ops, and sets the colours of the text. dim is what the
// scrim costs if it spoils the photo, so that another template may be better. It is 0 otherwise, and if final is true:
// there is no other template.
func (s Shade) solve(canvas *image.RGBA, ops []Op, final bool) (solved Shade, dim int) {
	head, foot := s.ends(ops)
	gap := foot.top(s.Rect.Max.Y) - head.foot(s.Rect.Min.Y)
	apart := gap >= leastFade // the scrim of each end does not reach the text of the other
	foot.fixed = foot.fixed || head.fixed && !apart
	s.Own.Scrim = s.tinted(canvas, foot)
	set, dim := s.chooseFoot(canvas, foot, gap, final)
	if dim > 0 {
		return s, dim // the texts keep their colours, because they may be painted again
	}
	s.Foot, s.Rows = set.in.Scrim, s.gradient(foot, set, gap)
	foot.paint(ops, s.Own, set.in)

	set = s.chooseHead(canvas, head, set, apart)
	s.Head, s.Lobes = set.in.Scrim, s.patches(head, set, gap)
	head.paint(ops, s.Own, set.in)
	return s, 0
}

// chooseFoot returns the pairing of the text at the bottom. It is the theme's own, unless its scrim is not light,
// and that of the other pairing is light and changes the photo less than half as much. dim is over 0 if neither is
// light and the own one changes the photo too much, or leaves too much detail under the text. If final is true, the
// other scrim need not be light.
func (s Shade) chooseFoot(canvas *image.RGBA, foot end, gap int, final bool) (set setting, dim int) {
	own := s.measure(canvas, foot, s.Own, 1)
	if own.most <= light {
		return s.calmed(canvas, foot, own, final)
	}
	most := light
	if final {
		most = 1
	}
	change, greyed := s.change(canvas, foot, own, gap)
	other := s.measure(canvas, foot, s.Other, most)
	if foot.fixed { // dark text of a template's own cannot be clear on a dark scrim
		if other.most < own.most {
			return other, 0
		}
	} else if less, _ := s.change(canvas, foot, other, gap); other.most <= most && 2*less < change {
		return other, 0
	}
	if final {
		return own, 0
	}
	switch times := max(change/mostChange, greyed/mostGreyed, texture(canvas, foot, own)/mostTexture); {
	case times > 1:
		return own, dimCost(times)
	case foot.small() && change > mostAside:
		return own, asideCost
	}
	return own, 0
}

// chooseHead returns the pairing of the text at the top. It is that of the bottom, unless its patches are seen and the
// other needs none, or its patches spoil the photo and those of the other change it less than half as much. apart means
// that the two ends may differ.
func (s Shade) chooseHead(canvas *image.RGBA, head end, foot setting, apart bool) setting {
	if head.fixed {
		return s.measure(canvas, head, s.Own, 1)
	}
	same := s.measure(canvas, head, foot.in, 1)
	change := patched(canvas, head, same)
	if !apart || change <= faint {
		return same
	}
	in := s.Own
	if foot.in == s.Own {
		in = s.Other
	}
	if change <= seen {
		sure := s
		sure.Contrast = sureContrast
		if other := sure.measure(canvas, head, in, 0); other.most == 0 {
			return other
		}
		return same
	}
	if other := s.measure(canvas, head, in, 1); 2*patched(canvas, head, other) < change {
		return other
	}
	return same
}

// gradient returns the strength of each row. From each line to the bottom it is at least what the line needs. It
// fades in above the line, slowly at first, so that no edge is visible on a pale sky; above small text alone the fade
// is short, so that it does not darken more of the photo than the text needs.
func (s Shade) gradient(foot end, set setting, gap int) []uint32 {
	h := s.Rect.Dy()
	rows := make([]uint32, h)
	fade := leastFade
	if !foot.small() {
		fade = max(leastFade, min(int(float64(fadeGap*float64(gap))), int(float64(fadeIn*float64(h)))))
	}
	for i, line := range foot.lines {
		top := line.box.Min.Y - s.Rect.Min.Y
		for y := max(0, top-fade); y < top; y++ {
			eased := ease(float64(y-top+fade) / float64(fade))
			rows[y] = max(rows[y], uint32(math.Round(float64(float64(set.needs[i]*eased)*eased)*65536)))
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
