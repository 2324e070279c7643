package render

import (
	"strings"

	"newsroom.example/cards/fonts"
	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/render/text"
)

// pairPiece returns two texts at the two ends of a row, on one baseline. The right one is shown whole or not at
// all; the left one gets the rest of the row.
func (l *layout) pairPiece(p piece, it *design.Item, widthPx float64) []piece {
	room := widthPx
	if l.holds("logo") && (it.Left == "site" || it.Right == "site") {
		return l.logoPair(p, it, widthPx)
	}
	if l.holds("tall") && !l.sideBySide(it, widthPx) {
		first, second := *it, *it
		first.Right, second.Left, second.Right = "", it.Right, ""
		if all := design.SplitRoles(it.Right); len(all) > 1 && l.wholeEnd(it, it.Right, widthPx).Truncated {
			second.Left, second.Right = all[0], strings.Join(all[1:], "+")
		}
		return append(l.pairPiece(p, &first, widthPx),
			l.pairPiece(piece{gap: l.px(rowGap)}, &second, widthPx)...)
	}
	most := widthPx * 0.6
	if l.holds("tall") {
		most = widthPx
	}
	right := l.end(it, it.Right, most)
	if right.Truncated {
		right = text.Block{}
		l.noRoom(it.Right)
	}
	if len(right.Lines) > 0 {
		room -= right.WidthPx + l.px(40)
	}
	left := l.end(it, it.Left, room)
	if cut := left.Truncated || it.Left != "" && len(left.Lines) == 0 && l.words(it.Left).Text != ""; cut &&
		len(right.Lines) > 0 && room < widthPx*2/3 {
		if longer := l.end(it, it.Left, widthPx); len(longer.Lines) > 0 {
			left, right = longer, text.Block{}
			l.noRoom(it.Right)
		}
	}
	if len(left.Lines)+len(right.Lines) == 0 {
		return nil
	}
	p.height = max(left.CapPx, right.CapPx)
	p.place = func(box frame, y float64) {
		base := y + p.height
		tail := l.ink(it.Ink, it.Opacity)
		l.runOf(it.Left, left, box.left, base-left.AscentPx, l.ink(endInk(it, it.Left), it.Opacity), tail)
		x := box.right - right.WidthPx
		if len(left.Lines) == 0 && it.Left != "" && it.Right != "site" {
			x = box.left
		}
		l.runOf(it.Right, right, x, base-right.AscentPx, l.ink(endInk(it, it.Right), it.Opacity), tail)
	}
	return []piece{p}
}

// rowGap is the gap between the rows of a pair that has no room in one.
const rowGap = 16

// sideBySide reports whether a row has room for all of both its texts. Tall cards have room for two rows.
func (l *layout) sideBySide(it *design.Item, widthPx float64) bool {
	if l.words(it.Left).Text == "" || l.words(it.Right).Text == "" {
		return true
	}
	width := l.px(40)
	for _, roles := range []string{it.Left, it.Right} {
		b := l.wholeEnd(it, roles, widthPx)
		if b.Truncated {
			return false
		}
		width += b.WidthPx
	}
	return width <= widthPx
}

// end lays out one end of a row, and drops its last roles if they have no room. The publication's name is always
// bold and a little larger.
func (l *layout) end(it *design.Item, roles string, widthPx float64) text.Block {
	if roles == "site" {
		return l.wholeEnd(it, roles, widthPx)
	}
	all := design.SplitRoles(roles)
	for n := len(all); ; n-- {
		some := strings.Join(all[:n], "+")
		b := l.small(l.words(some), it.Size, 1, l.face(roles, weightOf(it)), widthPx)
		switch {
		case b.Truncated && some == "byline":
			b = l.shortByline(it, widthPx)
			if len(b.Lines) == 0 && len(all) > 1 && all[0] == "byline" {
				delete(l.narrow, all[1])
				return l.end(it, strings.Join(all[1:], "+"), widthPx)
			}
			return b
		case n <= 1 || !b.Truncated:
			return b
		}
		l.noRoom(all[n-1])
	}
}

// wholeEnd lays out all roles of one end of a row.
func (l *layout) wholeEnd(it *design.Item, roles string, widthPx float64) text.Block {
	size, weight := it.Size, weightOf(it)
	if roles == "site" {
		size, weight = min(it.Size*1.18, 26), int(fonts.Bold)
	}
	return l.small(l.words(roles), size, 1, l.face(roles, weight), widthPx)
}

// shortByline lays out as many names as the width holds of a byline that it does not hold; none if not even the first.
func (l *layout) shortByline(it *design.Item, widthPx float64) (b text.Block) {
	for _, names := range shorterBylines(l.card.Byline)[1:] {
		b = l.small(text.Paragraph{Text: names}, it.Size, 1, l.face("byline", weightOf(it)), widthPx)
		if !b.Truncated {
			return b
		}
	}
	l.noRoom("byline")
	return text.Block{}
}

// noRoom notes that roles have no room in a row.
func (l *layout) noRoom(roles string) {
	if l.narrow == nil {
		l.narrow = map[string]bool{}
	}
	for _, role := range design.SplitRoles(roles) {
		l.narrow[role] = true
	}
}

func endInk(it *design.Item, roles string) string {
	switch {
	case it.Ink != "ink" && it.Ink != "quiet":
		return it.Ink
	case roles == "site" || roles == "speaker":
		return "ink"
	}
	return "quiet"
}
