package render

import (
	"image"
	"image/color"
	"math"

	"cards/card"
	"cards/fonts"
	"cards/render/text"
)

// The measures of design: pixels on a card of 1200x630, scaled by layout.k for others.
const (
	marginX      = 64
	marginTop    = 52
	marginBottom = 48
	captionSize  = 23
	kickerSize   = 24
	badgeSize    = 22
	badgeHeight  = 38
	badgePad     = 14
	badgeRadius  = 4
	siteSize     = 26
	footSize     = 22
	hairlineUp   = 20 // from the headline's foot to the hairline
	hairlineDown = 16 // from the hairline to the caption
	labelGap     = 23 // from badge and kicker to the headline's capitals
	smallestPx   = 11 // text smaller than this is left out rather than set
)

// xOverlay is the strip at the foot that X lays its own text over, on a card 600 high.
const xOverlay = 60

// storyInset is the part of a tall story that the networks' own controls cover, at either end.
const storyInset = 0.13

// layout places things on one card.
type layout struct {
	setter *text.Setter
	card   card.Card
	theme  Theme
	photo  image.Image
	k      float64 // design pixels to real ones
	left   float64
	right  float64
	top    float64
	foot   float64 // text ends above it
	rtl    bool    // the headline reads from right to left: everything is mirrored
	plan   Plan
}

func newLayout(setter *text.Setter, c card.Card, theme Theme, photo image.Image) *layout {
	w, h := float64(c.Size.W), float64(c.Size.H)
	l := &layout{setter: setter, card: c, theme: theme, photo: photo, k: scaleOf(c.Size)}
	l.left, l.right = math.Round(marginX*l.k), w-math.Round(marginX*l.k)
	l.top, l.foot = math.Round(marginTop*l.k), h-math.Round(marginBottom*l.k)
	switch {
	case c.Size == card.Twitter:
		l.foot = h - xOverlay - math.Round(12*l.k)
	case h > 1.6*w:
		l.top, l.foot = math.Round(storyInset*h), h-math.Round(storyInset*h)
	}
	l.plan.Width, l.plan.Height = c.Size.W, c.Size.H
	return l
}

// scaleOf is how much larger than on the 1200x630 card type is set: by area, as far as the
// width leaves room for three words and the height for three lines.
func scaleOf(s card.Size) float64 {
	area := math.Sqrt(float64(s.W*s.H) / float64(card.OpenGraph.W*card.OpenGraph.H))
	k := math.Min(area, math.Min(float64(s.W)/860, float64(s.H)/400))
	return math.Round(k*1000) / 1000
}

func (l *layout) px(design float64) float64 { return math.Round(design * l.k) }
func (l *layout) width() float64            { return l.right - l.left }

func (l *layout) add(op Op) { l.plan.Ops = append(l.plan.Ops, op) }

func (l *layout) rect(x0, y0, x1, y1 float64) image.Rectangle {
	r := image.Rect(int(math.Round(x0)), int(math.Round(y0)), int(math.Round(x1)), int(math.Round(y1)))
	if l.rtl {
		r.Min.X, r.Max.X = l.plan.Width-r.Max.X, l.plan.Width-r.Min.X
	}
	return r
}

// run places a block with its top at y and its beginning at x, mirrored where the card is.
func (l *layout) run(role string, b text.Block, x, y float64, ink, tail color.NRGBA) {
	if len(b.Lines) == 0 {
		return
	}
	r := Run{Role: role, Block: b, XPx: x, TopPx: y, WidthPx: b.WidthPx, Ink: ink, TailInk: tail}
	if l.rtl {
		r.XPx = float64(l.plan.Width) - x - b.WidthPx
	}
	r.Right = b.Dir == text.RightToLeft
	for _, m := range b.Missing {
		l.plan.Warnings = append(l.plan.Warnings, role+": no font has "+string(m))
	}
	l.add(r)
}

// small sets one line of a design size, empty where it would be too small to read.
func (l *layout) small(s string, size float64, w fonts.Weight, widthPx float64) text.Block {
	if s == "" || size*l.k < smallestPx || widthPx <= 0 {
		return text.Block{}
	}
	return l.setter.Fit(text.Paragraph{Text: s}, []text.Step{{SizePx: size * l.k, MaxLines: 1}},
		text.Style{Weight: w, Lang: l.card.Lang}, text.Box{WidthPx: widthPx})
}

// inkTop and inkFoot are how far a block's ink, for its capitals and letters without
// descenders, lies inside its box.
func inkTop(b text.Block) float64 { return b.AscentPx - b.CapPx }

func inkFoot(b text.Block) float64 {
	return b.AscentPx + float64(float64(len(b.Lines)-1)*b.LeadingPx)
}

// scale is the headline's type scale: each step is about 1.12 times the one below.
var scale = []float64{31, 35, 39, 44, 50, 56, 62, 70, 78, 88, 98, 110, 123}

// headlineStep is a step on the scale and the lines it may take.
type headlineStep struct{ size, lines int }

// headline sets the headline at the largest of the steps that fits; font_step moves them along
// the scale. extra lines are allowed on tall cards.
func (l *layout) headline(steps []headlineStep, box text.Box) text.Block {
	extra := 0
	switch ratio := float64(l.card.Size.H) / float64(l.card.Size.W); {
	case ratio > 1.1:
		extra = 2
	case ratio > 0.8:
		extra = 1
	}
	var fit []text.Step
	for _, s := range steps {
		i := max(0, min(s.size+l.card.FontStep, len(scale)-1))
		fit = append(fit, l.step(i, s.lines+extra))
	}
	for i := steps[len(steps)-1].size + l.card.FontStep - 1; i >= 0 && box.HeightPx < 2.5*fit[len(fit)-1].SizePx; i-- {
		last := fit[len(fit)-1] // a low card takes smaller type before it cuts
		fit = append(fit, l.step(i, last.MaxLines))
	}
	return l.setter.Fit(text.Paragraph{Text: l.card.Headline}, fit,
		text.Style{Weight: fonts.ExtraBold, Display: true, Lang: l.card.Lang}, box)
}

// step is the i-th size of the scale. Type is tightest at the top of it.
func (l *layout) step(i, lines int) text.Step {
	middle := float64(len(scale)-1) / 2
	return text.Step{SizePx: scale[i] * l.k, MaxLines: lines, Tight: (float64(i) - middle) / middle}
}

// label is the row of badge and kicker. It is placed by its baseline, which both share.
type label struct {
	badge, kicker text.Block
	height        float64 // of the row; 0 where there is nothing in it
}

func (l *layout) label() label {
	var row label
	words := badgeWords(l.card.Badge, l.card.Lang, l.card.Headline)
	row.badge = l.small(words, badgeSize, fonts.ExtraBold, l.width()/2)
	room := l.width()
	if len(row.badge.Lines) > 0 {
		room -= row.badge.WidthPx + l.px(2*badgePad+badgePad)
		row.height = l.px(badgeHeight)
	}
	row.kicker = l.small(l.card.Kicker, kickerSize, fonts.Bold, room)
	if row.height == 0 && len(row.kicker.Lines) > 0 {
		row.height = math.Ceil(row.kicker.CapPx)
	}
	return row
}

// place puts the row with its top at y.
func (l *layout) place(row label, y float64, kickerInk color.NRGBA) {
	if row.height == 0 {
		return
	}
	x := l.left
	baseline := y + row.height
	if len(row.badge.Lines) > 0 {
		width := row.badge.WidthPx + l.px(2*badgePad)
		baseline = y + math.Round((row.height+row.badge.CapPx)/2)
		l.add(Badge{Rect: l.rect(x, y, x+width, y+row.height), RadiusPx: badgeRadius * l.k, Color: l.theme.Accent})
		ink := on(l.theme.Accent)
		l.run("badge", row.badge, x+l.px(badgePad), baseline-row.badge.AscentPx, ink, ink)
		x += width + l.px(badgePad)
	}
	l.run("kicker", row.kicker, x, baseline-row.kicker.AscentPx, kickerInk, kickerInk)
}
