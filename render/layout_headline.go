package render

import (
	"math"
	"slices"

	"newsroom.example/cards/fonts"
	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/render/text"
)

// setHeadline fits the headline into the remaining room. It reports whether it is whole, and as large as its smallest
// step.
func (l *layout) setHeadline(p *piece, widthPx, heightPx float64) (whole bool) {
	it := p.headline
	if p.align != "" && p.align != "start" {
		l.hang = 0 // in centred lines a mark counts as much as its counterpart at the end
	}
	b := l.headline(it, text.Box{WidthPx: widthPx, HeightPx: heightPx})
	rise := l.rise(b)
	p.height, p.hang, p.width = rise+inkHeight(b), descenderEm*b.SizePx, b.WidthPx
	p.high, p.capital = 0, 0
	if len(b.Lines) > 0 {
		p.high, p.capital = max(0, float64(-l.setter.Ink(b.Lines[0]).Min.Y)-b.CapPx-rise), b.CapPx
	}
	ink := l.ink(it.Ink, it.Opacity)
	p.place = func(box frame, y float64) { l.run("headline", b, box.left, y+rise-inkTop(b), ink, ink) }
	return !b.Truncated && b.SizePx >= l.leastStep(it).SizePx
}

// leastStep returns the smallest step of a headline, without those that are added for low cards.
func (l *layout) leastStep(it *design.Item) text.Step {
	last := it.Steps[len(it.Steps)-1]
	return l.step(last[0], last[1])
}

// rise returns how far the marks of the first line, such as stacked Thai and Vietnamese marks, extend above the
// space of accented capitals.
func (l *layout) rise(b text.Block) float64 {
	if len(b.Lines) == 0 {
		return 0
	}
	top := float64(-l.setter.Ink(b.Lines[0]).Min.Y)
	return max(0, math.Round(top-b.CapPx-float64(accentEm*b.SizePx)))
}

// drop returns how far the last line of a figure, such as one with a comma or with Tamil letters, extends further below
// its baseline than the gap below large text allows for.
func (l *layout) drop(b text.Block) float64 {
	low := float64(l.setter.Ink(b.Lines[len(b.Lines)-1]).Max.Y)
	return max(0, math.Round(low-float64(accentEm*b.SizePx)))
}

// headline fits the headline at the largest step possible. font_step then moves it along the scale: to smaller
// sizes always, to larger ones as far as they fit. Tall cards allow more lines.
func (l *layout) headline(it *design.Item, box text.Box) text.Block {
	steps := l.steps(it, box)
	b := l.fit(l.words(it.Text), steps, it, box)
	if l.card.FontStep == 0 {
		return b
	}
	return l.fit(l.words(it.Text), l.moved(steps, b.SizePx), it, box)
}

// fit fits words in the headline's type. The theme's small fonts are used on photos, at small sizes, and beside letters
// of which the theme has no other cut.
func (l *layout) fit(words text.Paragraph, steps []text.Step, it *design.Item, box text.Box) text.Block {
	large := l.style(l.theme.Headline, int(fonts.ExtraBold))
	large.Display = true
	if it.IsHeadline() {
		large.HangPx = l.hang
	}
	if l.theme.Headline.SmallFamilies == "" {
		return l.setter.Fit(words, steps, large, box)
	}
	small := large
	small.Families = l.theme.Headline.SmallFamilies
	if it.Ink == "photo" || it.Ink == "photo-accent" || l.setter.Shares(words, large, small) {
		return l.setter.Fit(words, steps, small, box)
	}
	first := slices.IndexFunc(steps, func(s text.Step) bool { return s.SizePx < design.SmallPx*l.k })
	if first < 0 {
		return l.setter.Fit(words, steps, large, box)
	}
	if first > 0 {
		if b := l.setter.Fit(words, steps, large, box); b.SizePx >= design.SmallPx*l.k {
			return b
		}
	}
	return l.setter.Fit(words, steps[first:], small, box)
}

// steps returns the item's steps, with more lines on tall cards. On low cards smaller sizes are tried before the
// text is cut.
func (l *layout) steps(it *design.Item, box text.Box) (all []text.Step) {
	extra := 0
	switch ratio := float64(l.card.Size.H) / float64(l.card.Size.W); {
	case ratio > 1.1:
		extra = 2
	case ratio > 0.8:
		extra = 1
	}
	for _, s := range it.Steps {
		if l.grown && s[0] <= grownMost {
			all = append(all, l.step(s[0], s[1]+1))
			continue
		}
		all = append(all, l.step(s[0], s[1]+extra))
	}
	least := all[len(all)-1]
	low := func() bool { return box.HeightPx < float64(2.5*least.SizePx) && least.SizePx > leastPx }
	for _, size := range slices.Backward(design.Scale) {
		if size < it.Steps[len(it.Steps)-1][0] && low() {
			least = l.step(size, least.MaxLines)
			all = append(all, least)
		}
	}
	return all
}

// moved returns the steps that font_step selects instead of the size that fits without it: from the selected
// size down to that one.
func (l *layout) moved(steps []text.Step, sizePx float64) (all []text.Step) {
	at, lines := 0, 0
	for i, size := range design.Scale {
		if l.step(size, 0).SizePx <= sizePx {
			at = i
		}
	}
	for _, s := range steps {
		lines = max(lines, s.MaxLines)
	}
	to := max(0, min(at+l.card.FontStep, len(design.Scale)-1))
	for i := to; i >= min(at, to); i-- {
		all = append(all, l.step(design.Scale[i], lines))
	}
	return all
}

// leastHeadline returns the height that is reserved for a headline: two lines of its smallest size.
func (l *layout) leastHeadline(it *design.Item) float64 {
	return 2.4 * max(leastPx, l.k*float64(it.Steps[len(it.Steps)-1][0]))
}

// mostLines is the maximum number of lines of a headline on a card that is too small for its scale.
const mostLines = 12

// step returns a size with its lines. The largest text has the tightest tracking and leading.
func (l *layout) step(size, lines int) text.Step {
	px := float64(size) * l.k
	if px < leastPx {
		px, lines = leastPx, mostLines
	}
	return text.Step{SizePx: px, MaxLines: lines, Tight: design.Tight(size)}
}
