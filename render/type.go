package render

import (
	"image"
	"math"

	"cards/fonts"
	"cards/render/text"
)

// typeSteps are larger than a photo's: type alone fills the card.
var typeSteps = []headlineStep{{10, 2}, {9, 2}, {9, 3}, {8, 3}, {7, 3}, {7, 4}, {6, 4}, {5, 4}, {4, 5}, {3, 5}}

// textTemplate is type alone: a bar in the accent colour, badge and kicker, the headline, and at
// the foot under a hairline the site on one side, byline and date on the other.
func textTemplate(l *layout) Plan {
	l.add(Fill{Rect: image.Rect(0, 0, l.plan.Width, l.plan.Height), Color: l.theme.Paper})
	row := l.label()
	barFoot := l.top + l.px(12) + max(2, l.px(8))
	y := barFoot
	if row.height > 0 {
		y += l.px(26) + row.height
	}
	foot := l.footRow()
	footY := l.foot
	if foot.height > 0 {
		footY -= foot.height + l.px(26)
	}
	head := l.headline(typeSteps, text.Box{WidthPx: l.width(), HeightPx: max(1, footY-y-l.px(44))})
	l.rtl = head.Dir == text.RightToLeft
	l.add(Rule{Rect: l.rect(l.left, l.top+l.px(12), l.left+l.px(74), barFoot), Color: l.theme.Accent})
	l.place(row, barFoot+l.px(26), l.theme.Kicker)
	used := inkFoot(head) - inkTop(head)
	first := l.standfirst(footY - y - used)
	if len(first.Lines) > 0 {
		used += l.standfirstGap(head) + inkFoot(first)
	}
	headTop := y + math.Round((footY-y-used)*0.46)
	l.run("headline", head, l.left, headTop-inkTop(head), l.theme.Ink, l.theme.Ink)
	l.run("caption", first, l.left, headTop+inkFoot(head)-inkTop(head)+l.standfirstGap(head), l.theme.Quiet, l.theme.Quiet)
	l.placeFoot(foot, footY)
	return l.plan
}

// standfirstGap is the room between the headline's last baseline and the standfirst's box.
func (l *layout) standfirstGap(head text.Block) float64 { return 0.22*head.SizePx + l.px(14) }

// standfirst is the caption of a story without a photo, to stand under its headline where a line
// of it has room. A caption whose photo is missing speaks of nothing, and is left out.
func (l *layout) standfirst(space float64) text.Block {
	size := 28 * l.k
	room := space - l.px(96)
	if l.card.Photo.URL != "" || l.photo != nil || l.card.Caption == "" || size < smallestPx || room < size {
		return text.Block{}
	}
	return l.setter.Fit(text.Paragraph{Text: l.card.Caption}, []text.Step{{SizePx: size, MaxLines: 2}, {SizePx: captionSize * l.k, MaxLines: 2}},
		text.Style{Weight: fonts.Medium, Lang: l.card.Lang}, text.Box{WidthPx: l.width(), HeightPx: room})
}

// footRow is what stands under the hairline at the foot.
type footRow struct {
	site, byline text.Block
	height       float64
}

func (l *layout) footRow() footRow {
	var f footRow
	who := l.card.Byline
	if day := dateWords(l.card.Date, l.card.Lang, l.card.Headline); day != "" {
		if who != "" {
			who += " · "
		}
		who += day
	}
	f.site = l.small(l.card.Site, siteSize, fonts.Bold, l.width()*0.6)
	room := l.width() - f.site.WidthPx
	if len(f.site.Lines) > 0 {
		room -= l.px(40)
	}
	f.byline = l.small(who, footSize, fonts.Medium, room)
	if len(f.site.Lines)+len(f.byline.Lines) > 0 {
		f.height = math.Ceil(siteSize * l.k * 0.8)
	}
	return f
}

func (l *layout) placeFoot(f footRow, ruleY float64) {
	if f.height == 0 {
		return
	}
	l.add(Rule{Rect: l.rect(l.left, ruleY, l.right, ruleY+max(1, l.px(1))), Color: l.theme.hairline()})
	l.run("site", f.site, l.left, l.foot-f.site.AscentPx, l.theme.Ink, l.theme.Ink)
	x := l.right - f.byline.WidthPx
	if len(f.site.Lines) == 0 {
		x = l.left
	}
	l.run("byline", f.byline, x, l.foot-f.byline.AscentPx, l.theme.Quiet, l.theme.Quiet)
}
