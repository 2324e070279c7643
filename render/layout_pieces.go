package render

import (
	"cmp"
	"math"

	"newsroom.example/cards/fonts"
	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/render/text"
)

// piece is a measured item: its ink extends from y downwards by height.
type piece struct {
	gap, height float64
	width       float64 // of what is aligned; 0: it fills the row
	align       string  // of its stack, unless it has its own
	hang        float64 // by which descenders extend into the gap below
	label       bool
	low         float64 // by which a label's ink extends below its baseline
	high        float64 // by which a headline's ink extends above its capitals
	capital     float64 // height of a headline's capitals
	headline    *design.Item
	place       func(box frame, y float64)
}

// pieces measures an item. It returns none if the card has nothing to show in it.
func (l *layout) pieces(it *design.Item, widthPx float64) []piece {
	p := piece{gap: math.Round(it.Gap * max(l.k, smallestPx/smallSize))}
	switch {
	case it.IsHeadline():
		p.headline = it
		return []piece{p}
	case it.Label:
		return l.labelPiece(p, it, widthPx)
	case it.Rule != "":
		return l.rulePiece(p, it)
	case it.Mark:
		return l.markPiece(p, it)
	case it.Play:
		return l.playPiece(p, it, widthPx)
	case it.Logo && !l.holds("logo"):
		return nil
	case it.Logo, it.Text == "site" && l.holds("logo"):
		return l.logoPiece(p, it, widthPx)
	case it.Text == "" && it.Words == "":
		return l.pairPiece(p, it, widthPx)
	}
	return l.textPiece(p, it, widthPx)
}

// figureAir is the space above a figure in addition to its gap, as a share of its size.
const figureAir = 0.05

func (l *layout) textPiece(p piece, it *design.Item, widthPx float64) []piece {
	words := l.words(it.Text)
	if it.Words != "" {
		words = text.Paragraph{Text: it.Words}
	}
	var b text.Block
	if len(it.Steps) > 0 {
		b = l.large(words, it, widthPx)
	} else {
		b = l.small(words, it.Size, it.Lines, l.face(it.Text, weightOf(it)), widthPx)
	}
	if len(b.Lines) == 0 {
		return nil
	}
	ink, tail := l.ink(it.Ink, it.Opacity), l.ink(it.Ink, it.Opacity*tailOpacity)
	if words.Text == "" || it.Ink == "quiet" { // what is quiet may be just clear enough
		tail = ink
	}
	rise := 0.0
	if len(it.Steps) > 0 {
		rise, p.hang = l.rise(b)+math.Round(figureAir*b.SizePx), l.drop(b)
	} else {
		p.label, p.low = true, max(0, float64(l.setter.Ink(b.Lines[len(b.Lines)-1]).Max.Y))
	}
	p.height, p.width = rise+inkHeight(b), b.WidthPx
	p.place = func(box frame, y float64) {
		l.runOf(cmp.Or(it.Text, "words"), b, box.left, y+rise-inkTop(b), ink, tail)
	}
	return []piece{p}
}

// large lays out a text in the headline's type, at the largest of its steps at which it fits.
func (l *layout) large(words text.Paragraph, it *design.Item, widthPx float64) text.Block {
	if words.Text == "" {
		return text.Block{}
	}
	var steps []text.Step
	for _, s := range it.Steps[min(l.smaller, len(it.Steps)-1):] {
		steps = append(steps, l.step(s[0], s[1]))
	}
	return l.fit(words, steps, it, text.Box{WidthPx: widthPx})
}

// weightOf returns the weight of text other than the headline, if the theme does not set it.
func weightOf(it *design.Item) int {
	if it.Weight > 0 {
		return it.Weight
	}
	return int(fonts.Medium)
}

func (l *layout) rulePiece(p piece, it *design.Item) []piece {
	width, height := l.px(l.theme.Rule.Width), max(1, l.px(l.theme.Rule.Height))
	switch it.Rule {
	case "bar":
		width, height = math.Round(width*1.7), max(2, 2*height)
	case "full":
		width, height = 0, max(1, l.px(it.Size))
	}
	p.height, p.width = height, width
	p.place = func(box frame, y float64) {
		right := box.right
		if width > 0 {
			right = box.left + width
		}
		rect := l.rect(frame{box.left, y, right, y + height})
		l.add(Rule{Rect: rect, Color: l.ink(it.Ink, it.Opacity), Accent: it.Ink == "photo-accent"})
	}
	return []piece{p}
}
