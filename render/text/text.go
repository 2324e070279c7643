// Package text lays out text: it shapes it with fonts, breaks it into balanced lines, fits it to a box, and paints
// glyph masks. The same input always gives the same lines.
//
// Line breaking follows Unicode Standard Annex #14 with the additional rules in break.go, bidirectional text Annex
// #9, grapheme clusters Annex #29, and emoji Technical Standard #51.
//
// A headline becomes lines in these steps. [Setter.Fit] shapes it (itemize.go, shape.go) and finds the places where a
// line may end, with their costs (break.go, tailor.go, numbers.go, hyphen.go). For each size it then chooses the best
// lines (fit.go, fill.go, widow.go). If the text fits at no size, it is cut (cut.go). The lines form a [Block]
// (block.go).
package text

import (
	"image"
	"image/color"
	"math"

	"newsroom.example/cards/fonts"
)

// Style is the style of a paragraph.
type Style struct {
	Families string // font families in order, separated by commas; empty: the main one
	Weight   fonts.Weight
	// TrackingEm and AddLeadingEm are added to the script's tracking and leading of headlines, in ems.
	TrackingEm, AddLeadingEm float64
	// Display tightens tracking and leading, which suits headlines.
	Display bool
	// HangPx is the room before lines for the quotation marks with which they begin. Marks that are wider stand in the
	// line. 0: all do.
	HangPx float64
	Lang   string // BCP 47; empty: detected from the text
	// Story is the language of the story that the text is part of (BCP 47), if Lang is empty and it is known. It tells
	// the language of short texts, such as dates, whose script many languages share; other texts tell their own.
	Story string
	// Figures and Features are OpenType features, separated by spaces: "lnum tnum", "ss01 salt=2 liga=0". Figures are
	// asked of every font, Features only of Families, because other fonts have other forms under the same names.
	Figures, Features string
}

// Box is the room for a paragraph, in pixels.
type Box struct {
	WidthPx  float64
	HeightPx float64 // 0: no limit
}

// Step is a size to try, with the maximum number of lines.
type Step struct {
	SizePx   float64 // pixels per em
	MaxLines int     // 0: no limit
	// Tight is how much tighter than the script's default the tracking and leading of headlines are, from -1
	// to 1. Larger text is tighter.
	Tight float64
}

// Paragraph is text to lay out. Tail ("/ Coast News") follows Text and is never cut. It stays on one line together
// with at least one word of Text, unless both are wider than the box. Text is cut to make room for Tail. If there
// is no room for Text at all, Tail is shown alone, on as many lines as it needs.
type Paragraph struct {
	Text string
	Tail string
}

// Direction is the direction of a paragraph.
type Direction uint8

// The directions of a paragraph.
const (
	LeftToRight Direction = iota
	RightToLeft
)

// String returns "ltr" or "rtl".
func (d Direction) String() string {
	if d == RightToLeft {
		return "rtl"
	}
	return "ltr"
}

// Block is the layout of a paragraph: lines of one size and leading. It has no position; the baseline of line i is
// AscentPx + i*LeadingPx below the block's top.
type Block struct {
	Lines     []Line
	SizePx    float64
	LeadingPx float64
	AscentPx  float64 // from the top of the block to the first baseline
	CapPx     float64 // height of capitals, or of Hangul if there are none; for optical alignment
	WidthPx   float64 // of the widest line
	HeightPx  float64 // from the top to the bottom of the last line
	Truncated bool    // an ellipsis replaces text that did not fit
	Dir       Direction
	Missing   []rune // characters that no font has; they are drawn as boxes
}

// Line is one line. X positions run from the line's left edge.
type Line struct {
	Text      string // in reading order, with the tail, and with an added ellipsis or hyphen
	Hyphen    bool   // Text ends with an added hyphen
	WidthPx   float64
	HangPx    float64    // width of what stands before the line: left of it or, from right to left, right of it
	Fragments []Fragment // parts of the line from left to right
	sizePx    float64
	glyphs    []placed
}

// Fragment is a part of a line that is only Text or only Tail of its paragraph.
type Fragment struct {
	Tail    bool
	XPx     float64
	WidthPx float64
	Text    string
}

// Inks colour a line: Body for the paragraph's Text, Tail for its Tail.
type Inks struct{ Body, Tail color.NRGBA }

// Setter lays out paragraphs with a set of fonts. It is safe for concurrent use.
type Setter struct {
	set     *fonts.Set
	engines *engines
	masks   *maskCache
	memo    map[source]*shaped // nil: nothing is remembered
}

// maskBytes is the maximum memory of cached glyph masks.
const maskBytes = 16 << 20

// NewSetter returns a Setter with the fonts of set.
func NewSetter(set *fonts.Set) *Setter {
	return &Setter{set: set, engines: new(engines), masks: newMaskCache(maskBytes)}
}

// Ink returns the pixels that Draw touches at most when it draws a line with its left edge and baseline at the origin.
func (s *Setter) Ink(l Line) image.Rectangle {
	var ink image.Rectangle
	for _, g := range l.glyphs {
		whole, quarter := quarters(float64(g.at) * l.sizePx / unitsPerEm)
		y := -int(math.Round(float64(g.y) * l.sizePx / unitsPerEm))
		mask := s.maskOf(g.font, g.id, l.sizePx, quarter)
		ink = ink.Union(mask.bounds.Add(image.Pt(whole, y)))
	}
	up, down := reach(l.sizePx)
	return ink.Intersect(image.Rect(ink.Min.X, -up, ink.Max.X, down))
}

// LanguageOf returns the language of a text as a BCP 47 tag: the given one or, if that is empty, one detected from
// its script and n-grams, which may be wrong for a short text.
func LanguageOf(lang, s string) string {
	tag, _ := tagOf(lang, oneParagraph(s))
	return tag
}

// DirectionOf returns the direction of a text in the language (a BCP 47 tag, or empty).
func DirectionOf(lang, s string) Direction { return directionOf(lang, oneParagraph(s)) }

// Width returns the width of text on one line, in pixels.
func (s *Setter) Width(text string, sizePx float64, st Style) float64 {
	sh := s.shape(Paragraph{Text: text}, st)
	sh.setFor(Step{})
	return sh.px(sh.width(0, len(sh.clusters)), sizePx)
}
