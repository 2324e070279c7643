package render

import (
	"math"
	"strings"
	"unicode"

	"newsroom.example/cards/fonts"
	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/render/text"
)

// labelPiece returns the row of badge and kicker, on one baseline, with the item's right text at the other end.
func (l *layout) labelPiece(p piece, it *design.Item, widthPx float64) []piece {
	var badge, kicker text.Block
	if l.holds("badge") {
		words := l.tongue().badge(l.card.Badge)
		badge = l.small(text.Paragraph{Text: words}, badgeSize, 1, l.face("badge", int(fonts.ExtraBold)), 0.7*widthPx)
	}
	right := l.end(it, it.Right, widthPx*0.4)
	if right.Truncated {
		right = text.Block{}
		l.noRoom(it.Right)
	}
	room := widthPx
	if len(badge.Lines) > 0 {
		room -= badge.WidthPx + l.badgePx(2*badgePad+badgePad)
		p.height = l.badgePx(badgeHeight)
	}
	if l.holds("kicker") {
		words := l.role("kicker")
		if len(badge.Lines) > 0 { // a mark that stands on no letter would reach back over the badge
			words = strings.TrimLeftFunc(words, unicode.IsMark)
		}
		left := room
		if len(right.Lines) > 0 {
			left -= right.WidthPx + l.px(40)
		}
		kicker = l.small(text.Paragraph{Text: words}, kickerSize, 1, l.face("kicker", int(fonts.Bold)), left)
	}
	p.width = widthPx - room + kicker.WidthPx
	if len(right.Lines) > 0 {
		p.width = widthPx
	}
	if p.height == 0 {
		p.height = math.Ceil(max(kicker.CapPx, right.CapPx))
	}
	if p.height == 0 {
		return nil
	}
	p.label, p.low = true, l.below(badge, kicker, p.height)
	p.place = func(box frame, y float64) {
		x, baseline := box.left, y+p.height
		if len(badge.Lines) > 0 {
			baseline = y + math.Round((p.height+badge.CapPx)/2)
			x += l.placeBadge(badge, it, frame{x, y, x, y + p.height}, baseline)
		}
		ink := l.ink("kicker", 100)
		if it.Ink == "photo" {
			ink = l.ink("photo", 100)
		}
		l.run("kicker", kicker, x, baseline-kicker.AscentPx, ink, ink)
		if x = box.left; len(badge.Lines)+len(kicker.Lines) > 0 {
			x = box.right - right.WidthPx
		}
		ink = l.ink(endInk(it, it.Right), 100)
		l.run(l.roleOf(it.Right), right, x, baseline-right.AscentPx, ink, ink)
	}
	return []piece{p}
}

// placeBadge adds a badge to the plan and returns the width that it needs.
func (l *layout) placeBadge(b text.Block, it *design.Item, f frame, baseline float64) float64 {
	width := b.WidthPx + l.badgePx(2*badgePad)
	f.right = f.left + width
	accent := l.theme.BadgeColor(l.card.Badge)
	ink := design.On(accent)
	op := Badge{RadiusPx: l.theme.Badge.Corner * l.k, Color: accent}
	if l.theme.Badge.Outline && it.Ink != "photo" {
		op.LinePx, ink = max(1, l.px(2.5)), accent
	}
	op.Rect = l.rect(f)
	l.add(op)
	l.run("badge", b, f.left+l.badgePx(badgePad), baseline-b.AscentPx, ink, ink)
	return width + l.badgePx(badgePad)
}

// badgePx scales a measure of the badge with its text size.
func (l *layout) badgePx(design float64) float64 {
	return math.Round(design * l.fine(badgeSize) / badgeSize)
}
