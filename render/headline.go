package render

import (
	"math"
	"slices"

	"cards/design"
	"cards/fonts"
	"cards/render/text"
)

// setHeadline sets the headline into the room that is left.
func (l *layout) setHeadline(p *piece, widthPx, heightPx float64) {
	it := p.headline
	b := l.headline(it, text.Box{WidthPx: widthPx, HeightPx: heightPx})
	rise := l.rise(b)
	p.height, p.hang = rise+inkHeight(b), descenderEm*b.SizePx
	ink := l.ink(it.Ink, it.Opacity)
	p.place = func(box frame, y float64) { l.run("headline", b, box.left, y+rise-inkTop(b), ink, ink) }
}

// rise is how far the first line's marks, as Thai and Vietnamese stack them, reach above what
// capitals and their accents take of the gap.
func (l *layout) rise(b text.Block) float64 {
	if len(b.Lines) == 0 {
		return 0
	}
	top := float64(-l.setter.Ink(b.Lines[0]).Min.Y)
	return max(0, math.Round(top-b.CapPx-accentEm*b.SizePx))
}

// headline sets the headline at the largest of the steps that fits; font_step moves them along
// the scale. More lines are allowed on tall cards.
func (l *layout) headline(it *design.Item, box text.Box) text.Block {
	extra := 0
	switch ratio := float64(l.card.Size.H) / float64(l.card.Size.W); {
	case ratio > 1.1:
		extra = 2
	case ratio > 0.8:
		extra = 1
	}
	var fit []text.Step
	for _, s := range it.Steps {
		i := max(0, min(slices.Index(design.Scale, s[0])+l.card.FontStep, len(design.Scale)-1))
		fit = append(fit, l.step(i, s[1]+extra))
	}
	last := it.Steps[len(it.Steps)-1]
	for i := slices.Index(design.Scale, last[0]) + l.card.FontStep - 1; i >= 0 && box.HeightPx < 2.5*fit[len(fit)-1].SizePx && fit[len(fit)-1].SizePx > leastPx; i-- {
		least := fit[len(fit)-1] // a low card takes smaller type before it cuts
		fit = append(fit, l.step(i, least.MaxLines))
	}
	style := l.style(l.theme.Headline, int(fonts.ExtraBold))
	style.Display = true
	return l.setter.Fit(l.words(it.Text), fit, style, box)
}

// leastHeadline is the height that a headline needs before anything else is set: two lines of
// its smallest size.
func (l *layout) leastHeadline(it *design.Item) float64 {
	return 2.4 * max(leastPx, l.k*float64(it.Steps[len(it.Steps)-1][0]))
}

// mostLines bounds a headline on a card too small for its scale, where its box does not.
const mostLines = 12

// step is the i-th size of the scale. Type is tightest at the top of it.
func (l *layout) step(i, lines int) text.Step {
	middle := float64(len(design.Scale)-1) / 2
	size := float64(design.Scale[i]) * l.k
	if size < leastPx {
		size, lines = leastPx, mostLines
	}
	return text.Step{SizePx: size, MaxLines: lines, Tight: (float64(i) - middle) / middle}
}
