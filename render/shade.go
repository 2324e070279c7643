package render

import (
	"fmt"
	"image"
	"image/color"
	"math"
)

// Shade darkens a photo where text lies, by rows, no more than the text's contrast needs. Its
// strengths are shares of black in 65,536ths; solve finds them.
type Shade struct {
	Rect  image.Rectangle
	Alpha []uint32 // by row of Rect; nil before it is solved
}

// wanted is the contrast that a scrim gives text: more than the 4.5:1 of WCAG 2.2, since
// encoding as JPEG moves pixels.
const wanted = 4.9

// Measures of the scrim's fades, in shares of the card's height.
const (
	fadeIn  = 0.30 // above the text at the foot
	fadeOut = 0.16 // below the text at the top
)

func (s Shade) String() string {
	if len(s.Alpha) == 0 {
		return "shade"
	}
	at := func(part float64) float64 { return float64(s.Alpha[int(part*float64(len(s.Alpha)-1))]) / 65536 * 100 }
	return fmt.Sprintf("shade %.0f %.0f %.0f %.0f %.0f %%", at(0), at(.25), at(.5), at(.75), at(1))
}

// band is rows of text and the strength that they need.
type band struct {
	top, foot int
	need      float64
}

// solve finds the least scrim under the runs: as strong as each end's text needs, eased out to
// nothing in the middle.
func (s Shade) solve(canvas *image.RGBA, ops []Op) Shade {
	h := s.Rect.Dy()
	site, head, caption := band{top: h}, band{top: h}, band{top: h}
	for _, op := range ops {
		run, ok := op.(Run)
		if !ok {
			continue
		}
		switch run.Role {
		case "site":
			site.include(canvas, run)
		case "caption":
			caption.include(canvas, run)
		default:
			head.include(canvas, run)
		}
	}
	s.Alpha = make([]uint32, h)
	for y := range s.Alpha {
		a := max(site.above(y, h), head.below(y, h), caption.below(y, h))
		s.Alpha[y] = uint32(math.Round(a * 65536))
	}
	return s
}

// include widens the band by the run's lines and raises its need to theirs.
func (b *band) include(canvas *image.RGBA, run Run) {
	for i := range run.Block.Lines {
		box := run.box(i).Intersect(canvas.Rect)
		b.top, b.foot = min(b.top, box.Min.Y), max(b.foot, box.Max.Y)
		ink := run.Ink
		if run.TailInk.A < ink.A {
			ink = run.TailInk
		}
		if run.Role != "badge" {
			b.need = max(b.need, needed(canvas, box, ink))
		}
	}
}

// below is the strength at a row of a scrim that reaches to the foot, eased in above its text.
func (b band) below(y, h int) float64 {
	start := max(0, b.top-int(fadeIn*float64(h)))
	switch {
	case y < start:
		return 0
	case y < b.top:
		return b.need * ease(float64(y-start)/float64(b.top-start))
	}
	return b.need
}

// above is the strength at a row of the top's scrim.
func (b band) above(y, h int) float64 {
	if b.need == 0 {
		return 0
	}
	end := b.foot + int(fadeOut*float64(h))
	switch {
	case y <= b.foot:
		return b.need
	case y >= end:
		return 0
	}
	return b.need * ease(1-float64(y-b.foot)/float64(end-b.foot))
}

// ease is smootherstep: flat at both ends, so that no band is seen.
func ease(t float64) float64 { return t * t * t * (t*(t*6-15) + 10) }

// needed is the least strength of black at which the ink has its contrast to every pixel of the box.
func needed(canvas *image.RGBA, box image.Rectangle, ink color.NRGBA) float64 {
	need := 0.0
	for y := box.Min.Y; y < box.Max.Y; y++ {
		row := canvas.Pix[canvas.PixOffset(box.Min.X, y):]
		row = row[:4*box.Dx()]
		for i := 0; i+3 < len(row); i += 4 {
			px := color.NRGBA{row[i], row[i+1], row[i+2], 255}
			if ratio(ink, darker(px, need)) >= wanted {
				continue
			}
			for need < 0.98 && ratio(ink, darker(px, need)) < wanted {
				need += 0.005
			}
		}
	}
	return need
}

// darker is the pixel under a share of black, rounded up, as painting may round.
func darker(c color.NRGBA, a float64) color.NRGBA {
	lay := func(v uint8) uint8 { return uint8(min(255, math.Ceil(float64(v)*(1-a)))) }
	return color.NRGBA{lay(c.R), lay(c.G), lay(c.B), 255}
}

// bayer are the thresholds of an ordered 8x8 dither, from 0 to 63: it breaks the steps that an
// even sky would show. (Bayer 1973, by bit interleaving.)
var bayer = func() (m [8][8]uint32) {
	for y := range 8 {
		for x := range 8 {
			v := uint32(0)
			for bit := range 3 {
				v |= (uint32((x^y)>>bit) & 1) << (2*(2-bit) + 1)
				v |= (uint32(y>>bit) & 1) << (2 * (2 - bit))
			}
			m[y][x] = v
		}
	}
	return m
}()

func (s Shade) paint(canvas *image.RGBA) {
	for y, a := range s.Alpha {
		if a == 0 {
			continue
		}
		keep := 65536 - min(a, 65536)
		row := canvas.Pix[canvas.PixOffset(s.Rect.Min.X, s.Rect.Min.Y+y):]
		row = row[:4*s.Rect.Dx()]
		thresholds := &bayer[y&7]
		for i := 0; i+3 < len(row); i += 4 {
			t := thresholds[(i>>2)&7] << 10
			row[i] = uint8((uint32(row[i])*keep + t) >> 16)
			row[i+1] = uint8((uint32(row[i+1])*keep + t) >> 16)
			row[i+2] = uint8((uint32(row[i+2])*keep + t) >> 16)
		}
	}
}
