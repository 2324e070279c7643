package render

import (
	"image"
	"image/color"

	"cards/fonts"
	"cards/render/text"
)

// Inks on a photo, and the share of white that quieter text has.
var (
	onPhoto     = white
	captionInk  = color.NRGBA{255, 255, 255, 235} // 92 %
	creditInk   = color.NRGBA{255, 255, 255, 200} // 78 %
	hairlineInk = color.NRGBA{255, 255, 255, 87}  // 34 %
)

// photoSteps prefer a headline on two lines, which leaves the photo its sky, and go down to
// four lines before anything is cut.
var photoSteps = []headlineStep{{7, 2}, {6, 2}, {5, 2}, {5, 3}, {4, 3}, {3, 4}}

// photoTemplate is the photo over the whole card, a scrim where text lies, and from the foot
// up: caption and credit under a hairline, headline, kicker and badge; the site at the top.
func photoTemplate(l *layout) Plan {
	l.plan.Crop = coverCrop(l.photo.Bounds(), image.Pt(l.plan.Width, l.plan.Height), l.card.Photo.Focal)
	whole := image.Rect(0, 0, l.plan.Width, l.plan.Height)
	l.add(Picture{Rect: whole, Crop: l.plan.Crop})
	l.add(Shade{Rect: whole})
	site := l.small(l.card.Site, siteSize, fonts.Bold, l.width())
	siteFoot := l.top
	if len(site.Lines) > 0 {
		siteFoot += site.CapPx + l.px(24)
	}
	caption := l.caption(siteFoot)
	y := l.foot
	ruleY := y
	if len(caption.Lines) > 0 {
		y -= inkFoot(caption)
		ruleY = y + inkTop(caption) - l.px(hairlineDown+2)
	}
	row := l.label()
	head := l.photoHeadline(row, ruleY-siteFoot, len(caption.Lines) > 0)
	l.rtl = head.Dir == text.RightToLeft
	if len(caption.Lines) > 0 {
		l.add(Rule{Rect: l.rect(l.left, ruleY-1, l.right, ruleY-1+max(1, l.px(1))), Color: hairlineInk})
		l.run("caption", caption, l.left, y, captionInk, creditInk)
		ruleY -= l.px(hairlineUp) + 0.2*head.SizePx
	}
	headY := ruleY - inkFoot(head)
	l.place(row, headY+inkTop(head)-l.px(labelGap)-row.height, onPhoto)
	l.run("headline", head, l.left, headY, onPhoto, onPhoto)
	l.site(site, onPhoto)
	return l.plan
}

// caption sets caption and credit on one or two lines, where there is room for them.
func (l *layout) caption(siteFoot float64) text.Block {
	size := captionSize * l.k
	p := text.Paragraph{Text: l.card.Caption}
	switch {
	case p.Text == "" && l.card.Credit != "":
		p.Text = l.card.Credit
	case l.card.Credit != "":
		p.Tail = "/ " + l.card.Credit
	}
	if p.Text == "" || size < smallestPx || l.foot-siteFoot < 6*size {
		return text.Block{}
	}
	return l.setter.Fit(p, []text.Step{{SizePx: size, MaxLines: 2}},
		text.Style{Weight: fonts.Medium, Lang: l.card.Lang}, text.Box{WidthPx: l.width()})
}

// photoHeadline sets the headline into the height between the site and the hairline.
func (l *layout) photoHeadline(row label, heightPx float64, hairline bool) text.Block {
	room := heightPx
	if row.height > 0 {
		room -= row.height + l.px(labelGap)
	}
	if hairline {
		room -= l.px(hairlineUp)
	}
	return l.headline(photoSteps, text.Box{WidthPx: l.width(), HeightPx: max(room, 1)})
}

// site puts the publication's name at the top, with a short rule in the accent colour.
func (l *layout) site(b text.Block, ink color.NRGBA) {
	if len(b.Lines) == 0 {
		return
	}
	l.run("site", b, l.left, l.top-inkTop(b), ink, ink)
	y := l.top + b.CapPx + l.px(14)
	l.add(Rule{Rect: l.rect(l.left, y, l.left+l.px(44), y+max(2, l.px(4))), Color: l.theme.Accent})
}
