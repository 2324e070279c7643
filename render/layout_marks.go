package render

import (
	"math"

	"newsroom.example/cards/fonts"
	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/render/text"
)

// markPiece returns the large opening mark of a quotation, whose ink begins exactly at the margin.
func (l *layout) markPiece(p piece, it *design.Item) []piece {
	if l.absent["mark"] || it.Size*l.k < 2*smallestPx {
		return nil
	}
	style := l.style(l.theme.Headline, int(fonts.ExtraBold))
	style.Lang = l.language() // of a mark alone nothing tells it
	b := l.setter.Fit(text.Paragraph{Text: l.openingMark()}, []text.Step{{SizePx: it.Size * l.k, MaxLines: 1}},
		style, text.Box{WidthPx: 2 * it.Size * l.k})
	ink := l.setter.Ink(b.Lines[0])
	if ink.Empty() {
		return nil
	}
	p.height = float64(ink.Dy())
	p.place = func(box frame, y float64) {
		x := box.left - float64(ink.Min.X)
		if l.rtl {
			x = box.left - (b.WidthPx - float64(ink.Max.X))
		}
		colour := l.ink(it.Ink, it.Opacity)
		l.run("mark", b, x, y-b.AscentPx-float64(ink.Min.Y), colour, colour)
		mark := l.plan.Ops[len(l.plan.Ops)-1].(Run)
		mark.Touches = ink
		l.plan.Ops[len(l.plan.Ops)-1] = mark
	}
	return []piece{p}
}

// logoPiece returns the publication's logo in place of its name, with its free space below.
func (l *layout) logoPiece(p piece, it *design.Item, widthPx float64) []piece {
	logo := l.theme.Logo.On(l.named(it.Ink))
	if at := l.theme.Logo.At; at != "start" {
		p.align = at
	}
	height := max(8, l.px(logo.Height))
	if most := 0.7 * widthPx; logo.Width(height) > most {
		height = math.Floor(height * most / logo.Width(height))
	}
	p.height, p.hang, p.width = height, l.px(logo.Clear), math.Round(logo.Width(height))
	p.place = func(box frame, y float64) {
		l.add(Logo{Rect: l.rect(frame{box.left, y, box.left + math.Round(logo.Width(height)), y + height}), Logo: logo})
	}
	return []piece{p}
}

// logoPair returns a row with the logo in place of the publication's name. The logo is a little lower than
// elsewhere, and vertically centred on the capitals of the other end.
func (l *layout) logoPair(p piece, it *design.Item, widthPx float64) []piece {
	logo := l.theme.Logo.On(l.named(it.Ink))
	height := max(8, math.Round(0.8*logo.Height*l.k))
	width := math.Round(logo.Width(height))
	roles := it.Right
	if roles == "site" {
		roles = it.Left
	}
	other := l.end(it, roles, widthPx-width-l.px(40))
	if other.Truncated && roles == it.Right {
		other = text.Block{}
		l.noRoom(roles)
	}
	p.height = max(height, math.Ceil(other.CapPx))
	p.place = func(box frame, y float64) {
		at, x := box.left, box.right-other.WidthPx
		if it.Right == "site" {
			at, x = box.right-width, box.left
		}
		top := y + math.Round((p.height-height)/2)
		l.add(Logo{Rect: l.rect(frame{at, top, at + width, top + height}), Logo: logo})
		base := y + math.Round((p.height+other.CapPx)/2)
		ink, tail := l.ink(endInk(it, roles), it.Opacity), l.ink(it.Ink, it.Opacity)
		l.runOf(roles, other, x, base-other.AscentPx, ink, tail)
	}
	return []piece{p}
}
