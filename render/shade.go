package render

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"slices"
)

// Shade lays a colour over a photo where text lies, by rows, no more than the text's contrast
// needs. Its strengths are shares of the colour in 65,536ths; solve finds them.
type Shade struct {
	Rect     image.Rectangle
	Color    color.NRGBA
	Contrast float64  // that text is to have: more than WCAG's 4.5:1, since JPEG moves pixels
	Alpha    []uint32 // by row of Rect; nil before it is solved
}

// Measures of the scrim's fades, in shares of the card's height.
const (
	fadeIn  = 0.30 // above the text at the foot
	fadeOut = 0.16 // below the text at the top
)

// upperPart is the share of a photo whose text is shaded from the top, not from the foot.
const upperPart = 0.3

func (s Shade) String() string {
	if len(s.Alpha) == 0 {
		return "shade"
	}
	at := func(part float64) float64 { return float64(s.Alpha[int(part*float64(len(s.Alpha)-1))]) / 65536 * 100 }
	return fmt.Sprintf("shade %v %.0f %.0f %.0f %.0f %.0f %%", s.Rect, at(0), at(.25), at(.5), at(.75), at(1))
}

// band is rows of text and the strength that they need.
type band struct {
	top, foot int
	need      float64
}

// solve finds the least scrim under the runs that lie on it: as strong as each end's text needs,
// eased out to nothing in the middle.
func (s Shade) solve(canvas *image.RGBA, ops []Op) Shade {
	h := s.Rect.Dy()
	s.Alpha = make([]uint32, h)
	var head, foot band
	for _, op := range ops {
		b, ok := s.band(canvas, op)
		if !ok {
			continue
		}
		strength := b.below
		if b.top+b.foot < int(2*upperPart*float64(h)) {
			strength, head = b.above, head.join(b)
		} else {
			foot = foot.join(b)
		}
		for y := range s.Alpha {
			s.Alpha[y] = max(s.Alpha[y], uint32(math.Round(strength(y, h)*65536)))
		}
	}
	s.closed(head, foot)
	return s
}

// closed joins the scrims of both ends where little stays free between them: a bright stripe between
// two bands would be seen before the words.
func (s Shade) closed(head, foot band) {
	h := s.Rect.Dy()
	if head.need == 0 || foot.need == 0 || foot.top-head.foot >= h/3 {
		return
	}
	for y := head.foot; y < foot.top; y++ {
		share := float64(y-head.foot) / float64(foot.top-head.foot)
		level := head.need + float64((foot.need-head.need)*share)
		s.Alpha[y] = max(s.Alpha[y], uint32(math.Round(float64(level*65536))))
	}
}

// join is the rows of both, and the greater need.
func (b band) join(o band) band {
	if b.need == 0 {
		return o
	}
	return band{min(b.top, o.top), max(b.foot, o.foot), max(b.need, o.need)}
}

// band is the rows of an op's ink on the shade, and what they need. A badge brings its own ground.
func (s Shade) band(canvas *image.RGBA, op Op) (b band, ok bool) {
	b.top = s.Rect.Dy()
	include := func(box image.Rectangle, ink color.NRGBA) {
		if box = box.Intersect(s.Rect); !box.Empty() {
			b.top, b.foot = min(b.top, box.Min.Y-s.Rect.Min.Y), max(b.foot, box.Max.Y-s.Rect.Min.Y)
			b.need = max(b.need, s.needed(canvas, box, ink))
			ok = true
		}
	}
	switch op := op.(type) {
	case Logo:
		include(op.Rect, color.NRGBA{255, 255, 255, 255})
	case Run:
		if op.Role == "badge" {
			return b, false
		}
		for i := range op.Block.Lines {
			ink := op.Ink
			if op.TailInk.A < ink.A {
				ink = op.TailInk
			}
			include(op.box(i), ink)
		}
	}
	return b, ok
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
func ease(t float64) float64 { return t * t * t * (float64(t*(float64(t*6)-15)) + 10) }

// needed is the least strength at which the ink has its contrast to every pixel of the box.
func (s Shade) needed(canvas *image.RGBA, box image.Rectangle, ink color.NRGBA) float64 {
	need := 0.0
	raise := func(px color.NRGBA) (raised bool) {
		for need < 0.98 && ratio(ink, s.over(px, need)) < s.Contrast {
			need += 0.005
			raised = true
		}
		return raised
	}
	bright, dark := extremes(canvas, box) // they tell nearly all; the others are looked at all the same
	raise(bright)
	raise(dark)
	under := func(grey color.NRGBA) color.NRGBA { return s.over(grey, need) }
	t := newTones(ink, under)
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for px := range slices.Chunk(rowOf(canvas, box, y), 4*stretch) {
			if t.least(spanOf(px)) >= s.Contrast {
				continue
			}
			for ; len(px) >= 4; px = px[4:] {
				if t.ratio(px[0], px[1], px[2]) < s.Contrast && raise(color.NRGBA{px[0], px[1], px[2], 255}) {
					t.set(ink, under)
				}
			}
		}
	}
	return need
}

// over is the pixel under a share of the shade, rounded towards the pixel, as painting may round.
func (s Shade) over(c color.NRGBA, a float64) color.NRGBA {
	lay := func(v, shade uint8) uint8 {
		mixed := float64(float64(v)*(1-a)) + float64(float64(shade)*a)
		if v > shade {
			return uint8(min(255, math.Ceil(mixed)))
		}
		return uint8(math.Floor(mixed))
	}
	return color.NRGBA{lay(c.R, s.Color.R), lay(c.G, s.Color.G), lay(c.B, s.Color.B), 255}
}

func (s Shade) paint(canvas *image.RGBA) {
	for y, a := range s.Alpha {
		if a == 0 {
			continue
		}
		a = min(a, 65536)
		row := canvas.Pix[canvas.PixOffset(s.Rect.Min.X, s.Rect.Min.Y+y):]
		shadeRow(row[:4*s.Rect.Dx()], s.Color, a, &bayer[y&7])
	}
}
