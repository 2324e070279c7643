package render

import (
	"cmp"
	"math"
	"strings"
	"unicode"

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
		return l.playPiece(p, it)
	case it.Logo && !l.holds("logo"):
		return nil
	case it.Logo, it.Text == "site" && l.holds("logo"):
		return l.logoPiece(p, it, widthPx)
	case it.Text == "" && it.Words == "":
		return l.pairPiece(p, it, widthPx)
	}
	return l.textPiece(p, it, widthPx)
}

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
	if words.Text == "" {
		tail = ink
	}
	p.height, p.width = inkHeight(b), b.WidthPx
	p.place = func(box frame, y float64) {
		l.run(l.roleOf(cmp.Or(it.Text, "words")), b, box.left, y-inkTop(b), ink, tail)
	}
	return []piece{p}
}

// large lays out a text in the headline's type, at the largest of its steps at which it fits.
func (l *layout) large(words text.Paragraph, it *design.Item, widthPx float64) text.Block {
	if words.Text == "" {
		return text.Block{}
	}
	var steps []text.Step
	for _, s := range it.Steps {
		steps = append(steps, l.step(s[0], s[1]))
	}
	return l.fit(words, steps, it, text.Box{WidthPx: widthPx})
}

// playPiece returns a play mark: a triangle in a circle.
func (l *layout) playPiece(p piece, it *design.Item) []piece {
	side := l.px(it.Size)
	p.height, p.width = side, side
	p.place = func(box frame, y float64) {
		ground := l.ink(it.Ink, it.Opacity)
		l.add(Play{Rect: l.rect(frame{box.left, y, box.left + side, y + side}), Color: ground, Ink: design.On(ground)})
	}
	return []piece{p}
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

// pairPiece returns two texts at the two ends of a row, on one baseline. The right one is shown whole or not at
// all; the left one gets the rest of the row.
func (l *layout) pairPiece(p piece, it *design.Item, widthPx float64) []piece {
	room := widthPx
	if l.holds("logo") && (it.Left == "site" || it.Right == "site") {
		return l.logoPair(p, it, widthPx)
	}
	right := l.end(it, it.Right, widthPx*0.6)
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
		l.run(l.roleOf(it.Left), left, box.left, base-left.AscentPx, l.ink(endInk(it, it.Left), it.Opacity), tail)
		x := box.right - right.WidthPx
		if len(left.Lines) == 0 && it.Left != "" && it.Right != "site" {
			x = box.left
		}
		l.run(l.roleOf(it.Right), right, x, base-right.AscentPx, l.ink(endInk(it, it.Right), it.Opacity), tail)
	}
	return []piece{p}
}

// end lays out one end of a row, and drops its last roles if they have no room. The publication's name is always
// bold and a little larger.
func (l *layout) end(it *design.Item, roles string, widthPx float64) text.Block {
	if roles == "site" {
		return l.small(l.words(roles), min(it.Size*1.18, 26), 1, l.face(roles, int(fonts.Bold)), widthPx)
	}
	all := design.SplitRoles(roles)
	for n := len(all); ; n-- {
		some := strings.Join(all[:n], "+")
		b := l.small(l.words(some), it.Size, 1, l.face(roles, weightOf(it)), widthPx)
		switch {
		case b.Truncated && some == "byline":
			return l.shortByline(it, widthPx)
		case n <= 1 || !b.Truncated:
			return b
		}
		l.noRoom(all[n-1])
	}
}

// shortByline lays out as many names of the byline as the width holds; none if it does not hold the first.
func (l *layout) shortByline(it *design.Item, widthPx float64) (b text.Block) {
	for _, names := range shorterBylines(l.card.Byline) {
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
	case it.Ink == "photo":
		return it.Ink
	case it.Ink != "ink" && it.Ink != "quiet":
		return it.Ink
	case roles == "site" || roles == "speaker":
		return "ink"
	case it.Ink == "ink":
		return "quiet"
	}
	return it.Ink
}

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
		l.run(l.roleOf(roles), other, x, base-other.AscentPx, ink, tail)
	}
	return []piece{p}
}

// labelPiece returns the row of badge and kicker, on one baseline.
func (l *layout) labelPiece(p piece, it *design.Item, widthPx float64) []piece {
	var badge, kicker text.Block
	if l.holds("badge") {
		words := l.tongue().badge(l.card.Badge)
		badge = l.small(text.Paragraph{Text: words}, badgeSize, 1, l.face("badge", int(fonts.ExtraBold)), 0.7*widthPx)
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
		kicker = l.small(text.Paragraph{Text: words}, kickerSize, 1, l.face("kicker", int(fonts.Bold)), room)
	}
	p.width = widthPx - room + kicker.WidthPx
	if p.height == 0 && len(kicker.Lines) > 0 {
		p.height = math.Ceil(kicker.CapPx)
	}
	if p.height == 0 {
		return nil
	}
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
