package render

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"strings"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/render/text"
)

// Plan is the layout of a card: everything that is painted, in the order of painting. Lengths are pixels from
// the top left.
type Plan struct {
	Width, Height int
	Crop          image.Rectangle // in the upright photo's pixels; empty without a photo
	PortraitCrop  image.Rectangle // in the upright portrait's pixels; empty without a portrait
	Focus         string          // what the crop looks at, such as "faces"; empty without a photo
	LooksAt       *card.Focal     // the crop's focal point; nil without a crop
	Ops           []Op
	Contrast      Contrast
	Warnings      []string // about text that cannot be shown as it is written
	LeftOut       []string // roles of texts that the template would show, but that have no room

	Way   string // how the photo is shown: own, shaped, otherwise, beside, field or graphic; empty without a photo
	Costs []Cost // of the ways that were considered

	cost    Cost         // of this way
	graphic *color.NRGBA // the ground of a photo that is a graphic
}

// Contrast holds the lowest WCAG contrast ratios of text with the pixels under it, from 1 to 21; 0 if the card
// shows no such text.
type Contrast struct{ Headline, Caption float64 }

// Op is one painting operation: Fill, Picture, Field, Shade, Rule, Badge, Play, Wave, Logo or Run.
type Op interface{ String() string }

// Fill paints a rectangle in one colour.
type Fill struct {
	Rect  image.Rectangle
	Color color.NRGBA
}

// Picture paints a part of the photo, or of the portrait, into a rectangle or, if it is a square, into the circle in
// it.
type Picture struct {
	Rect, Crop image.Rectangle
	Portrait   bool
	Round      bool
	Ring       color.NRGBA // the line around a round picture, which sets it off from a ground of its own tone
}

// Rule is a straight line or bar; its ends are square.
type Rule struct {
	Rect  image.Rectangle
	Color color.NRGBA

	Head   bool // it is at the top of its area
	Accent bool // it has the colour of accents on photos
}

// Badge is the background of a badge or, if LinePx is not 0, its outline.
type Badge struct {
	Rect     image.Rectangle
	RadiusPx float64
	LinePx   float64
	Color    color.NRGBA
}

// Play is a play mark: a triangle in a circle.
type Play struct {
	Rect       image.Rectangle
	Color, Ink color.NRGBA // of the circle, and of the triangle
}

// Logo is the publication's logo.
type Logo struct {
	Rect image.Rectangle
	Logo *design.Logo
	Head bool // it is at the top of its area
}

// Run is a block of text.
type Run struct {
	Role         string   // headline, deck, caption, credit, byline, kicker, speaker, site, badge, mark, or a field's
	fields       []string // of the card that it shows; nil: the one that Role names
	Block        text.Block
	XPx, TopPx   float64 // of the block; WidthPx is the room that right-aligned lines fill
	WidthPx      float64
	Right        bool // lines end at XPx+WidthPx
	Center       bool // lines are in the middle of the room
	Ink, TailInk color.NRGBA
	Head         bool            // it is at the top of its area
	Touches      image.Rectangle // of a mark: the rectangle of its ink, from the line's start and baseline
}

// line returns the start of line i and its baseline.
func (r Run) line(i int) (xPx, baselinePx float64) {
	x := r.XPx
	switch rest := r.WidthPx - r.Block.Lines[i].WidthPx; {
	case r.Center:
		x += math.Round(rest / 2)
	case r.Right:
		x += rest
	}
	return x, math.Round(r.TopPx + r.Block.AscentPx + float64(float64(i)*r.Block.LeadingPx))
}

// extent returns where the ink of line i begins and ends, from left to right: with quotation marks that hang before it.
func (r Run) extent(i int) (fromPx, toPx float64) {
	x, _ := r.line(i)
	line := r.Block.Lines[i]
	if r.Block.Dir == text.RightToLeft {
		return x, x + line.WidthPx + line.HangPx
	}
	return x - line.HangPx, x + line.WidthPx
}

// box returns the rectangle that the ink of line i may touch, from ascenders to descenders.
func (r Run) box(i int) image.Rectangle {
	x, baseline := r.line(i)
	if !r.Touches.Empty() {
		return r.Touches.Add(image.Pt(int(math.Floor(x)), int(baseline)))
	}
	size := r.Block.SizePx
	from, to := r.extent(i)
	return image.Rect(int(math.Floor(from)), int(math.Floor(baseline-float64(0.82*size))),
		int(math.Ceil(to)), int(math.Ceil(baseline+float64(0.22*size))))
}

func hex(c color.NRGBA) string { return fmt.Sprintf("#%02x%02x%02x/%d", c.R, c.G, c.B, c.A) }

func (o Fill) String() string { return fmt.Sprintf("fill %v %s", o.Rect, hex(o.Color)) }
func (r Rule) String() string { return fmt.Sprintf("rule %v %s", r.Rect, hex(r.Color)) }
func (o Picture) String() string {
	kind := "picture"
	if o.Portrait {
		kind = "portrait"
	}
	if o.Round {
		kind = "round " + kind
	}
	return fmt.Sprintf("%s %v from %v", kind, o.Rect, o.Crop)
}
func (o Badge) String() string {
	return fmt.Sprintf("badge %v radius %.1f line %.0f %s", o.Rect, o.RadiusPx, o.LinePx, hex(o.Color))
}
func (o Play) String() string { return fmt.Sprintf("play %v %s", o.Rect, hex(o.Color)) }
func (o Logo) String() string { return fmt.Sprintf("logo %v", o.Rect) }

func (r Run) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %.1fpx %s", r.Role, r.Block.SizePx, hex(r.Ink))
	if r.Block.Truncated {
		b.WriteString(" truncated")
	}
	for i, l := range r.Block.Lines {
		_, baseline := r.line(i)
		from, to := r.extent(i)
		fmt.Fprintf(&b, "\n  %.1f,%.0f %.1f %q", from, baseline, to-from, l.Text)
	}
	return b.String()
}

// Headline returns the text that is the card's headline; false if the card shows none.
func (p Plan) Headline() (Run, bool) {
	for _, op := range p.Ops {
		if run, ok := op.(Run); ok && run.Role == "headline" && len(run.Block.Lines) > 0 {
			return run, true
		}
	}
	return Run{}, false
}

// String formats the plan with one op per line, followed by its lines of text.
func (p Plan) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "card %dx%d crop %v contrast %.1f %.1f\n",
		p.Width, p.Height, p.Crop, p.Contrast.Headline, p.Contrast.Caption)
	for _, op := range p.Ops {
		fmt.Fprintln(&b, op)
	}
	for _, w := range p.Warnings {
		fmt.Fprintln(&b, "warning:", w)
	}
	return b.String()
}
