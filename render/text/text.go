// Package text sets type: it shapes text with fonts, breaks it into balanced lines, fits it
// to a box, and paints glyph masks. It is pure: the same input gives the same lines.
//
// Line breaking follows Unicode Standard Annex #14 with the tailorings named in break.go,
// bidirectional text Annex #9, grapheme clusters Annex #29, emoji Technical Standard #51.
package text

import (
	"image"
	"image/color"
	"math"

	"newsroom.example/cards/fonts"
)

// Style is how a paragraph looks.
type Style struct {
	Families string // of fonts, in order, with commas between them; empty: the main one
	Weight   fonts.Weight
	// TrackingEm and AddLeadingEm are added to what the script wants between letters and
	// baselines of display type, in ems.
	TrackingEm, AddLeadingEm float64
	// Display tightens letters and lines, as large type wants; reading text leaves it false.
	Display bool
	Tabular bool   // figures of one width, where the font has them
	Lang    string // BCP 47; empty: guessed from the text
}

// Box is the room for a paragraph, in pixels.
type Box struct {
	WidthPx  float64
	HeightPx float64 // 0: no limit
}

// Step is a size that may be tried, with the lines it may take.
type Step struct {
	SizePx   float64 // pixels per em
	MaxLines int     // 0: no limit
	// Tight is how much closer than is usual for the script letters and lines of display type
	// stand, from -1 to 1: the larger the type, the tighter it is set.
	Tight float64
}

// Paragraph is text to set. Tail ("/ Coast News") follows Text, is never cut, and stays on one
// line together with at least one word of Text, unless both are wider than the box. Text is
// cut to make room for it; where none is left, Tail stands alone, on as many lines as it needs.
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

// String is "ltr" or "rtl".
func (d Direction) String() string {
	if d == RightToLeft {
		return "rtl"
	}
	return "ltr"
}

// Block is a paragraph that has been set: lines of one size and leading. It holds no position;
// the baseline of line i lies AscentPx + i*LeadingPx below the block's top.
type Block struct {
	Lines     []Line
	SizePx    float64
	LeadingPx float64
	AscentPx  float64 // from the top of the block to the first baseline
	CapPx     float64 // height of capitals, or of Hangul where there are none: for optical alignment
	WidthPx   float64 // of the widest line
	HeightPx  float64 // from the top to the foot of the last line
	Truncated bool    // an ellipsis stands for text that did not fit
	Dir       Direction
	Missing   []rune // characters that no font has; a box was drawn for each
}

// Line is one line. X positions run from the line's left edge.
type Line struct {
	Text      string // as it is read, with the tail, and an ellipsis or hyphen that was added
	Hyphen    bool   // Text ends in a hyphen that the paragraph has not
	WidthPx   float64
	Fragments []Fragment // parts of the line from left to right
	sizePx    float64
	glyphs    []placed
}

// Fragment is a stretch of a line that is all Text or all Tail of its paragraph.
type Fragment struct {
	Tail    bool
	XPx     float64
	WidthPx float64
	Text    string
}

// Inks colour a line: Body for the paragraph's Text, Tail for its Tail.
type Inks struct{ Body, Tail color.NRGBA }

// Setter sets paragraphs with a set of fonts. It is safe for concurrent use.
type Setter struct {
	set     *fonts.Set
	engines engines
	masks   *maskCache
}

// maskBytes bounds the memory of cached glyph masks.
const maskBytes = 16 << 20

// NewSetter sets with the fonts of set.
func NewSetter(set *fonts.Set) *Setter {
	return &Setter{set: set, masks: newMaskCache(maskBytes)}
}

// Fit sets p at the first of steps at which it fits the box whole: larger sizes come first, and
// of steps that follow each other, no later one may be larger. Where none fits, words wider than
// the box are split at the last; and where that is not enough, p is cut there, with an ellipsis
// at a word, or else between graphemes.
func (s *Setter) Fit(p Paragraph, steps []Step, st Style, b Box) Block {
	sh := s.shape(p, st)
	for _, step := range steps {
		sh.setFor(step)
		if lines, ok := sh.fill(step, b); ok {
			return sh.block(lines, step.SizePx)
		}
	}
	least := steps[len(steps)-1]
	sh.setFor(least)
	if lines, _ := sh.lines(sh.units(b.WidthPx, least.SizePx), sh.maxLines(least, b)); lines != nil {
		return sh.block(lines, least.SizePx)
	}
	return s.cut(sh, p, least, st, b)
}

// Ink returns the pixels that a line's glyphs touch when it is drawn with its left edge and baseline
// at the origin.
func (s *Setter) Ink(l Line) image.Rectangle {
	var ink image.Rectangle
	for _, g := range l.glyphs {
		whole, quarter := quarters(float64(g.at) * l.sizePx / unitsPerEm)
		y := -int(math.Round(float64(g.y) * l.sizePx / unitsPerEm))
		mask := s.maskOf(g.font, g.id, l.sizePx, quarter)
		ink = ink.Union(mask.bounds.Add(image.Pt(whole, y)))
	}
	return ink
}

// LanguageOf is the language of a text as a BCP 47 tag: the one given, else a guess from its
// letters and small words, English where they do not tell.
func LanguageOf(lang, s string) string { return tagOf(lang, oneParagraph(s)) }

// DirectionOf is the direction in which a text of the language (a BCP 47 tag, or empty) reads.
func DirectionOf(lang, s string) Direction { return directionOf(lang, oneParagraph(s)) }

// Width is the width of text on one line, in pixels.
func (s *Setter) Width(text string, sizePx float64, st Style) float64 {
	sh := s.shape(Paragraph{Text: text}, st)
	sh.setFor(Step{})
	return sh.px(sh.width(0, len(sh.clusters)), sizePx)
}
