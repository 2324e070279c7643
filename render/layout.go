package render

import (
	"image"
	"image/color"
	"math"

	"newsroom.example/cards/card"
	"newsroom.example/cards/fonts"
	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/render/text"
)

// The measures that every template shares: pixels on a card of 1200x630, scaled by layout.k for
// others.
const (
	marginX      = 64
	marginTop    = 52
	marginBottom = 48
	kickerSize   = 24
	badgeSize    = 22
	badgeHeight  = 38
	badgePad     = 14
	insetPad     = 28   // round a photo that is too small to fill its place
	stackGap     = 28   // between the stacks of an area, at least
	spareRoom    = 96   // that spare text leaves free beside itself
	accentEm     = 0.1  // that the accents of large type reach into the gap above it
	descenderEm  = 0.2  // that large type hangs into the gap below it
	smallSize    = 23.0 // that small type usually has: gaps shrink no further than it does
	smallestPx   = 12   // that any text is set in, however small the card
	leastPx      = 14   // that a headline is set in
	tailOpacity  = 0.85 // of a credit, beside its caption's
)

// xOverlay is the strip at the foot that X lays its own text over, on a card 600 high.
const xOverlay = 60

// storyInset is the part of a tall story that the networks' own controls cover, at either end.
const storyInset = 0.14

// layout places things on one card.
type layout struct {
	setter   *text.Setter
	card     card.Card
	theme    *design.Theme
	template *design.Template
	photo    Photo
	k        float64 // design pixels to real ones
	left     float64
	right    float64
	top      float64
	foot     float64         // text ends above it
	bare     bool            // the photo cannot bear text
	rtl      bool            // the headline reads from right to left: everything is mirrored
	absent   map[string]bool // what there is no room for
	plan     Plan
}

func newLayout(setter *text.Setter, c card.Card, theme *design.Theme, template *design.Template, photo Photo) *layout {
	w, h := float64(c.Size.W), float64(c.Size.H)
	l := &layout{
		setter: setter, card: c, theme: theme.Section(c.Kicker), template: template, photo: photo, k: scaleOf(c.Size),
		rtl: text.DirectionOf(c.Lang, c.Headline) == text.RightToLeft, absent: map[string]bool{},
	}
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

func (l *layout) add(op Op) { l.plan.Ops = append(l.plan.Ops, op) }

// frame is a rectangle in pixels, before it is mirrored.
type frame struct{ left, top, right, foot float64 }

func (f frame) width() float64 { return f.right - f.left }

// whole is the area's own rectangle.
func (l *layout) whole(a design.Area) frame {
	w, h := float64(l.plan.Width), float64(l.plan.Height)
	return frame{math.Round(a.Left * w), math.Round(a.Top * h), math.Round(a.Right * w), math.Round(a.Bottom * h)}
}

// safe is the part of an area that text keeps to: the card's margins where a side is the card's,
// the area's padding elsewhere, and at the far side of an area that begins inside the card.
func (l *layout) safe(a design.Area) frame {
	f, pad := l.whole(a), l.px(a.Pad)
	f.left, f.top, f.right, f.foot = f.left+pad, f.top+pad, f.right-pad, f.foot-pad
	if a.Left == 0 {
		f.left = l.left
	}
	if a.Right == 1 && a.Left == 0 {
		f.right = l.right
	}
	if a.Top == 0 {
		f.top = l.top
	}
	if a.Bottom == 1 {
		f.foot = l.foot
	}
	return f
}

func (l *layout) rect(f frame) image.Rectangle {
	r := image.Rect(int(math.Round(f.left)), int(math.Round(f.top)), int(math.Round(f.right)), int(math.Round(f.foot)))
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

// ink is a colour of the theme by name, at an opacity in percent.
func (l *layout) ink(name string, opacity float64) color.NRGBA {
	c := l.named(name)
	c.A = uint8(math.Round(opacity * 2.55))
	return c
}

func (l *layout) named(name string) color.NRGBA {
	switch t := l.theme; name {
	case "ink":
		return t.Ink
	case "quiet":
		return t.Quiet
	case "accent":
		return t.Accent
	case "kicker":
		return t.Kicker
	case "paper":
		return t.Paper
	case "photo":
		return t.OnPhoto
	case "photo-accent":
		return t.OwnPairing().Accent
	}
	return color.NRGBA{}
}

// style is how the theme sets a role at a weight.
func (l *layout) style(face design.Type, weight int) text.Style {
	if face.Weight > 0 {
		weight = face.Weight
	}
	return text.Style{
		Families: face.Families, Weight: fonts.Weight(weight), Tabular: face.Tabular, Lang: l.card.Lang,
		TrackingEm: face.TrackingEm, AddLeadingEm: face.LeadingEm,
	}
}

// fine is the size of small type in pixels: never too small to read.
func (l *layout) fine(size float64) float64 { return max(smallestPx, size*l.k) }

// small sets lines of a design size.
func (l *layout) small(p text.Paragraph, size float64, lines int, style text.Style, widthPx float64) text.Block {
	if p.Text+p.Tail == "" || widthPx < 2*smallestPx {
		return text.Block{}
	}
	return l.setter.Fit(p, []text.Step{{SizePx: l.fine(size), MaxLines: lines}}, style, text.Box{WidthPx: widthPx})
}

// face is how the theme sets a role that is no headline: its own face for the publication's
// name, wherever it stands.
func (l *layout) face(roles string, weight int) text.Style {
	if roles == "site" {
		return l.style(l.theme.Site, weight)
	}
	return l.style(l.theme.Text, weight)
}

// inkTop and inkFoot are how far a block's ink, for its capitals and letters without
// descenders, lies inside its box.
func inkTop(b text.Block) float64 { return b.AscentPx - b.CapPx }

func inkFoot(b text.Block) float64 {
	return b.AscentPx + float64(float64(len(b.Lines)-1)*b.LeadingPx)
}

func inkHeight(b text.Block) float64 { return inkFoot(b) - inkTop(b) }
