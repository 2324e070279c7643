package render

import (
	"math"

	"newsroom.example/cards/fonts"
	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/render/text"
)

// playPiece returns a play mark: a triangle in a circle. The form of a sound and a text at the end of the row
// may follow it.
func (l *layout) playPiece(p piece, it *design.Item, widthPx float64) []piece {
	side := l.px(it.Size)
	p.height, p.width = side, side
	var right text.Block
	if it.Right != "" {
		style := l.face(it.Right, int(fonts.Bold))
		right = l.small(l.words(it.Right), playText*it.Size, 1, style, (widthPx-side)/2)
	}
	if it.Wave || len(right.Lines) > 0 {
		p.width = widthPx
	}
	ground := l.ink(it.Ink, it.Opacity)
	p.place = func(box frame, y float64) {
		l.add(Play{Rect: l.rect(frame{box.left, y, box.left + side, y + side}), Color: ground, Ink: design.On(ground)})
		gap := math.Round(playGap * side)
		wave := frame{box.left + side + gap, y, box.right, y + side}
		if len(right.Lines) > 0 {
			ink, x := l.ink("ink", 100), wave.left
			if it.Wave {
				wave.right -= right.WidthPx + gap
				x = box.right - right.WidthPx
			}
			base := y + math.Round((side+right.CapPx)/2)
			l.runOf(it.Right, right, x, base-right.AscentPx, ink, ink)
		}
		if it.Wave && wave.width() >= 2*side {
			l.add(Wave{Rect: l.rect(wave), Color: ground})
		}
	}
	return []piece{p}
}

// Measures of the row of a play mark, as shares of its side.
const (
	playText = 0.42 // size of the text
	playGap  = 0.3
)
