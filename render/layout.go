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

// Measures that all templates share, in pixels on a card of 1200x630; layout.k scales them for others.
const (
	marginX      = 64
	farMargin    = 52 // at the far side of an area that begins inside the card, if its padding is less
	marginTop    = 52
	marginBottom = 48
	kickerSize   = 24
	badgeSize    = 22
	badgeHeight  = 38
	badgePad     = 14
	insetPad     = 28   // around a photo that is too small to fill its area
	stackGap     = 28   // minimum gap between the stacks of an area
	spareRoom    = 96   // that spare text leaves free
	spareBelow   = 123  // size of the headline whose descenders spare text leaves free
	accentEm     = 0.1  // by which the accents of large text extend into the gap above it
	hangKeeps    = 12   // what quotation marks that hang before a headline leave free at the edge of the area
	descenderEm  = 0.2  // by which the descenders of large text extend into the gap below it
	smallSize    = 23.0 // usual size of small text; gaps shrink at most as much as small text does
	smallestPx   = 12   // minimum size of all text, on cards of every size
	leastPx      = 14   // minimum size of a headline
	tailOpacity  = 0.85 // of a credit, relative to its caption
)

// xOverlay is the height of the strip at the bottom that X covers with its own text, on a card 600 high.
const xOverlay = 60

// storyInset is the fraction of a tall story's height that the networks' controls cover at each end.
const storyInset = 0.14

// layout computes the layout of one card.
type layout struct {
	setter   *text.Setter
	card     card.Card
	theme    *design.Theme
	template *design.Template
	photo    Photo
	portrait Photo
	k        float64 // real pixels per design pixel
	left     float64
	right    float64
	top      float64
	foot     float64         // text must end above it
	way      way             // how the photo is shown
	grown    bool            // the headline may have a line more, to be larger; see grow.go
	seamAt   float64         // where the choice wants the inner side of the photo's area; 0: where the way has it
	edge     seam            // the edge of an area that is elsewhere than the template says
	rtl      bool            // the headline is right to left: everything is mirrored
	absent   map[string]bool // elements that were dropped for lack of room
	narrow   map[string]bool // roles that had no room in a row, at least once
	align    string          // of the stack that is being placed
	hang     float64         // room before the lines of the area that is being measured, for quotation marks
	home     string          // language of the words, if the texts do not tell theirs
	smaller  int             // steps that the figures of the area that is being measured are smaller than they fit
	said     *tongue         // nil until a word is needed
	plan     Plan
}

func newLayout(
	setter *text.Setter, c card.Card, theme *design.Theme, template *design.Template, photo Photo, portrait ...Photo,
) *layout {
	w, h := float64(c.Size.W), float64(c.Size.H)
	face := first(portrait)
	if !template.ShowsPortrait() {
		face = nil
	}
	if !template.ShowsPhoto(face != nil) {
		photo = nil
	}
	l := &layout{
		setter: setter, card: c, theme: theme.Section(c.Kicker), template: template, photo: photo,
		portrait: face,
		k:        scaleOf(c.Size), home: theme.Lang, absent: map[string]bool{},
		rtl: text.DirectionOf(c.Lang, c.Headline) == text.RightToLeft,
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

// scaleOf returns the factor of text sizes relative to a card of 1200x630: the square root of the areas' ratio,
// as long as the width has room for three words and the height for three lines.
func scaleOf(s card.Size) float64 {
	area := math.Sqrt(float64(s.W*s.H) / float64(card.OpenGraph.W*card.OpenGraph.H))
	k := math.Min(area, math.Min(float64(s.W)/860, float64(s.H)/400))
	return math.Round(k*1000) / 1000
}

func (l *layout) px(design float64) float64 { return math.Round(design * l.k) }

func (l *layout) add(op Op) { l.plan.Ops = append(l.plan.Ops, op) }

// frame is a rectangle in pixels, before mirroring.
type frame struct{ left, top, right, foot float64 }

func (f frame) width() float64 { return f.right - f.left }

// whole returns the area's rectangle.
func (l *layout) whole(a design.Area) frame {
	w, h := float64(l.plan.Width), float64(l.plan.Height)
	return frame{math.Round(a.Left * w), math.Round(a.Top * h), math.Round(a.Right * w), math.Round(a.Bottom * h)}
}

// safe returns the part of an area for text. It leaves the card's margin free at sides that are edges of the
// card, and the area's padding at others. At the far side of an area that begins inside the card it leaves farMargin,
// or the padding if that is more.
func (l *layout) safe(a design.Area) frame {
	f, pad := l.whole(a), l.px(a.Pad)
	f.left, f.top, f.right, f.foot = f.left+pad, f.top+pad, f.right-pad, f.foot-pad
	if a.Left == 0 {
		f.left = l.left
	}
	switch {
	case a.Right == 1 && a.Left == 0:
		f.right = l.right
	case a.Right == 1:
		f.right = min(f.right, float64(l.plan.Width)-l.px(farMargin))
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

// run places a block with its top at y and its beginning at x, mirrored if the card is.
func (l *layout) run(role string, b text.Block, x, y float64, ink, tail color.NRGBA) {
	if len(b.Lines) == 0 {
		return
	}
	r := Run{Role: role, Block: b, XPx: x, TopPx: y, WidthPx: b.WidthPx, Ink: ink, TailInk: tail}
	r.Center = l.align == "center"
	if l.rtl {
		r.XPx = float64(l.plan.Width) - x - b.WidthPx
	}
	r.Right = b.Dir == text.RightToLeft
	if l.align == "end" {
		r.Right = !l.rtl
	}
	if len(b.Missing) > 0 {
		l.plan.Warnings = append(l.plan.Warnings, role+": no font has "+listed(b.Missing))
	}
	l.add(r)
}

// runOf is run for the roles of an item, of which it shows those that the card has and that have room.
func (l *layout) runOf(roles string, b text.Block, x, y float64, ink, tail color.NRGBA) {
	if len(b.Lines) == 0 {
		return
	}
	l.run(l.roleOf(roles), b, x, y, ink, tail)
	r := l.plan.Ops[len(l.plan.Ops)-1].(Run)
	r.fields = l.fieldsOf(roles)
	l.plan.Ops[len(l.plan.Ops)-1] = r
}

// ink returns a colour of the theme by name, with an opacity in percent.
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
	case "alarm":
		return t.Alarm
	case "on-alarm":
		return design.On(t.Alarm)
	case "on-accent":
		return design.On(t.Accent)
	}
	own, _ := design.Colour(name)
	return own
}

// style returns the theme's text style of a role at a weight.
func (l *layout) style(face design.Type, weight int) text.Style {
	if face.Weight > 0 {
		weight = face.Weight
	}
	return text.Style{
		Families: face.Families, Weight: fonts.Weight(weight), Lang: l.card.Lang, Story: l.story(),
		Figures: face.Figures, Features: face.Features,
		TrackingEm: face.TrackingEm, AddLeadingEm: face.LeadingEm,
	}
}

// fine returns the size of small text in pixels, which is never too small to read. Stories are seen on telephones, from
// edge to edge.
func (l *layout) fine(size float64) float64 {
	least := float64(smallestPx)
	if l.isStory() {
		least = max(least, math.Round(storyText*float64(l.plan.Width)))
	}
	return max(least, size*l.k)
}

// storyText is the smallest text of a story, as a share of its width: 30 pixels of 1080.
const storyText = 0.0278

// isStory reports whether the card fills a telephone.
func (l *layout) isStory() bool { return float64(l.plan.Height) > 1.6*float64(l.plan.Width) }

// small sets lines of a design size.
func (l *layout) small(p text.Paragraph, size float64, lines int, style text.Style, widthPx float64) text.Block {
	if p.Text+p.Tail == "" || widthPx < 2*smallestPx {
		return text.Block{}
	}
	return l.setter.Fit(p, []text.Step{{SizePx: l.fine(size), MaxLines: lines}}, style, text.Box{WidthPx: widthPx})
}

// face returns the theme's font of a role other than the headline. The publication's name and the section have their
// own everywhere.
func (l *layout) face(roles string, weight int) text.Style {
	switch roles {
	case "site":
		return l.style(l.theme.Site, weight)
	case "kicker":
		return l.style(l.theme.Label, weight)
	}
	return l.style(l.theme.Text, weight)
}

// inkTop and inkFoot return the distances of a block's ink from the top and the bottom of its box, measured for
// capitals and letters without descenders.
func inkTop(b text.Block) float64 { return b.AscentPx - b.CapPx }

func inkFoot(b text.Block) float64 {
	return b.AscentPx + float64(float64(len(b.Lines)-1)*b.LeadingPx)
}

func inkHeight(b text.Block) float64 { return inkFoot(b) - inkTop(b) }
