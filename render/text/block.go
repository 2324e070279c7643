package text

import (
	"slices"
	"strings"

	"github.com/go-text/typesetting/bidi"
)

// Vertical metrics in ems. They are the same for every font, so that a fallback font does not move a line.
const (
	ascentEm     = 0.95
	descentEm    = 0.26
	lineHeightEm = ascentEm + descentEm
	latinCapEm   = 0.714
	hangulCapEm  = 0.80
)

// placed is a glyph with its position on a line, in units from the line's left edge.
type placed struct {
	glyph
	at   int64
	tail bool
}

// block lays out the lines at the size.
func (sh *shaped) block(lines []span, sizePx float64) Block {
	b := Block{
		SizePx: sizePx, LeadingPx: sh.leadingEm * sizePx, AscentPx: ascentEm * sizePx,
		CapPx: latinCapEm * sizePx, Dir: sh.dir, Missing: sh.missing,
	}
	if sh.lang == "ko" || sh.lang == "ja" || sh.lang == "zh" {
		b.CapPx = hangulCapEm * sizePx
	}
	b.Lines = make([]Line, 0, len(lines))
	for _, l := range lines {
		line := sh.line(l, sizePx)
		b.Lines = append(b.Lines, line)
		b.WidthPx = max(b.WidthPx, line.WidthPx)
	}
	if n := len(lines); n > 0 {
		b.HeightPx = float64(float64(n-1)*b.LeadingPx) + float64(lineHeightEm*sizePx)
	}
	return b
}

// line places the clusters of a span from left to right.
func (sh *shaped) line(l span, sizePx float64) Line {
	for l.to > l.from && sh.clusters[l.to-1].blank {
		l.to--
	}
	width := sh.until(l.from, opportunity{at: l.to, hyphen: l.hyphen})
	line := Line{Text: sh.string(l.from, l.to), sizePx: sizePx, WidthPx: sh.px(width, sizePx)}
	if l.from < l.to {
		line.HangPx = sh.px(sh.hang(l.from, sh.begins(l.from)), sizePx)
	}
	clusters := sh.clusters[l.from:l.to:l.to]
	if l.hyphen {
		hyphen := sh.hyphen
		hyphen.start, hyphen.level = clusters[len(clusters)-1].start, clusters[len(clusters)-1].level
		hyphen.end = hyphen.start
		clusters = append(clusters, hyphen)
		line.Text, line.Hyphen = line.Text+"-", true
	}
	line.place(sh, clusters, l.from, l.to-l.from-1)
	return line
}

// place puts the clusters on the line, of which the first is sh.clusters[from]. last is the last tracked cluster in
// reading order.
func (l *Line) place(sh *shaped, clusters []cluster, from, last int) {
	if len(clusters) == 0 {
		return
	}
	at, glyphs := -int64(clusters[0].lead), 0
	begin := sh.begins(from)
	if begin > from {
		if at = 0; sh.dir == LeftToRight {
			at = -sh.hang(from, begin) - int64(sh.clusters[begin].lead)
		}
	}
	part := make([]int, 0, len(clusters)) // of the last fragment
	for i := range clusters {
		glyphs += len(clusters[i].glyphs)
	}
	l.glyphs = make([]placed, 0, glyphs)
	order := visualOrder(clusters)
	for n := range clusters {
		i := n
		if order != nil {
			i = order[n]
		}
		c := &clusters[i]
		tail := c.start >= sh.tailAt
		for _, g := range c.glyphs {
			l.glyphs = append(l.glyphs, placed{glyph: g, at: at + int64(g.x), tail: tail})
		}
		if n := len(l.Fragments); n == 0 || l.Fragments[n-1].Tail != tail {
			l.endFragment(sh, clusters, part)
			part = part[:0]
		}
		l.addFragment(sh, c, sh.px(at, l.sizePx), tail)
		part = append(part, i)
		at += int64(c.advance)
		if i < last && sh.tracks(c) { // as in width: no tracking after the last in reading order
			at += sh.tracking
		}
		if from+i < begin {
			at -= sh.tooWide(c)
		}
	}
	l.endFragment(sh, clusters, part)
	l.Fragments[len(l.Fragments)-1].WidthPx -= sh.px(int64(clusters[len(clusters)-1].trail), l.sizePx)
}

// addFragment adds a cluster to the last fragment, or begins a new one.
func (l *Line) addFragment(sh *shaped, c *cluster, xPx float64, tail bool) {
	width := sh.px(int64(c.advance), l.sizePx)
	if n := len(l.Fragments); n > 0 && l.Fragments[n-1].Tail == tail {
		f := &l.Fragments[n-1]
		f.WidthPx = xPx + width - f.XPx
	} else {
		left := xPx
		if l.HangPx == 0 {
			left = max(0, xPx) // without the blank of a full-width mark
		}
		l.Fragments = append(l.Fragments, Fragment{Tail: tail, XPx: left, WidthPx: xPx + width - left})
	}
}

// endFragment sets the text of the last fragment in reading order. part are its clusters, from left to right.
func (l *Line) endFragment(sh *shaped, clusters []cluster, part []int) {
	if len(part) == 0 {
		return
	}
	slices.Sort(part)
	var words strings.Builder
	words.Grow(len(l.Text) + 1)
	for _, i := range part {
		c := &clusters[i]
		if c.end == c.start {
			words.WriteByte('-')
		}
		for _, r := range sh.runes[c.start:c.end] {
			words.WriteRune(r)
		}
	}
	l.Fragments[len(l.Fragments)-1].Text = words.String()
}

// visualOrder returns the clusters of a line from left to right, by reversing every run at each level or above, from
// the highest level down to the lowest odd one (Annex #9, rule L2). It is nil if that is the reading order.
func visualOrder(clusters []cluster) []int {
	if !slices.ContainsFunc(clusters, func(c cluster) bool { return c.level%2 == 1 }) {
		return nil
	}
	levels := make([]bidi.Level, len(clusters))
	for i, c := range clusters {
		levels[i] = c.level
	}
	return visual(levels)
}

func visual(levels []bidi.Level) []int {
	order := make([]int, len(levels))
	var highest, lowestOdd bidi.Level = 0, 127
	for i, level := range levels {
		highest = max(highest, level)
		if level%2 == 1 {
			lowestOdd = min(lowestOdd, level)
		}
		order[i] = i
	}
	for level := highest; level >= lowestOdd; level-- {
		for i := 0; i < len(order); i++ {
			j := i
			for j < len(order) && levels[order[j]] >= level {
				j++
			}
			if j > i {
				slices.Reverse(order[i:j])
				i = j
			}
		}
	}
	return order
}
