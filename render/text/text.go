// Package text sets type: it shapes text with fonts, breaks it into balanced lines, fits it
// to a box, and paints glyph masks. It is pure: the same input gives the same lines.
//
// Line breaking follows Unicode Standard Annex #14 with the tailorings named in break.go,
// bidirectional text Annex #9, grapheme clusters Annex #29.
package text

import (
	"image"
	"image/color"

	"cards/fonts"
)

// Style is how a paragraph looks. The zero Leading and Tracking mean "as the script wants".
type Style struct {
	Weight     fonts.Weight
	SizePx     float64 // pixels per em
	LeadingEm  float64 // distance of baselines, in ems; 0: by script
	TrackingEm float64 // added to each cluster's advance, in ems; NaN: none; 0: by script
	Lang       string  // BCP 47; empty: guessed from the text
}

// Box is the room for a paragraph.
type Box struct {
	WidthPx  float64
	HeightPx float64 // 0: no limit
	MaxLines int     // 0: no limit
}

// Paragraph is text to set. Tail ("/ Yonhap") follows Text, is never cut, and stays on one
// line together with at least one word of Text; Text is cut to make room for it.
type Paragraph struct {
	Text string
	Tail string
}

// Direction is the direction of a block's paragraph.
type Direction uint8

const (
	LeftToRight Direction = iota
	RightToLeft
)

func (d Direction) String() string {
	if d == RightToLeft {
		return "rtl"
	}
	return "ltr"
}

// Block is a paragraph that has been set: lines with the same size and leading. It holds no
// position; line i has its baseline at AscentPx + i*LeadingPx below the block's top.
type Block struct {
	Lines     []Line
	SizePx    float64
	LeadingPx float64
	AscentPx  float64 // from the top of the block to the first baseline (the face's ascent for the script)
	CapPx     float64 // height of capitals, for optical alignment
	WidthPx   float64 // of the widest line
	HeightPx  float64 // from the top to the last line's descent
	Truncated bool    // an ellipsis stands for text that did not fit
	Dir       Direction
	Missing   []rune // characters that no font has; a replacement mark was drawn
}

// Line is one line in visual order. X positions are relative to the left edge of the box
// when set from the left; right-to-left blocks are aligned by the caller with WidthPx.
type Line struct {
	Text      string // logical text of the line, tail and ellipsis included
	WidthPx   float64
	Fragments []Fragment // parts of the line in visual order
	glyphs    []placed   // in visual order
}

// Fragment is a stretch of a line that is all Text or all Tail of its paragraph.
type Fragment struct {
	Tail    bool
	XPx     float64 // from the line's left edge
	WidthPx float64
	Text    string
}

// Inks colours a line: Body for Text, Tail for the paragraph's Tail.
type Inks struct{ Body, Tail color.NRGBA }

// Setter sets paragraphs with a set of fonts. It is safe for concurrent use.
//
//	func NewSetter(set *fonts.Set) *Setter
//	func (s *Setter) Set(p Paragraph, st Style, b Box) Block                    // at st.SizePx, cut to fit
//	func (s *Setter) Fit(p Paragraph, sizes []float64, st Style, b Box) Block   // largest of sizes (ascending) that fits whole; else smallest, cut
//	func (s *Setter) Draw(dst *image.RGBA, l Line, xPx, baselinePx float64, inks Inks)
var _ image.Image
