package text

import (
	"strings"

	"github.com/go-text/typesetting/bidi"
	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"

	"cards/fonts"
)

// unitsPerEm is the resolution in which text is measured, once for all sizes: outlines are not
// hinted, so that every width is linear in the size.
const unitsPerEm = 1 << 14

// glyph is one shaped glyph, in units of unitsPerEm.
type glyph struct {
	font    *fonts.Font // nil: the box that stands for a character that no font has
	id      font.GID
	x, y    int32 // from the cluster's left edge and the baseline, y up
	advance int32
}

// cluster is the smallest part of a text that is placed as one: clusters come in the order of
// reading, their glyphs from left to right.
type cluster struct {
	start, end int // runes
	glyphs     []glyph
	advance    int32 // tracking included
	tracking   int32
	level      bidi.Level
	blank      bool // white space: it takes no room at the end of a line
}

// shaped is a paragraph measured once, to be broken at any width and size.
type shaped struct {
	runes    []rune
	tailAt   int // rune at which the tail begins; len(runes) without one
	style    Style
	lang     string // primary language subtag
	script   scriptMetrics
	dir      Direction
	clusters []cluster
	sums     []int64 // sums[i] is the advance of clusters[:i]
	breaks   []opportunity
	missing  []rune
}

// shape measures a paragraph and finds where it may break.
func (s *Setter) shape(p Paragraph, st Style) *shaped {
	sh := &shaped{style: st}
	sh.runes = oneParagraph(p.Text)
	sh.tailAt = len(sh.runes)
	if p.Tail != "" {
		if sh.tailAt > 0 {
			sh.runes = append(sh.runes, ' ')
		}
		sh.tailAt = len(sh.runes)
		sh.runes = append(sh.runes, oneParagraph(p.Tail)...)
	}
	sh.lang = languageOf(st.Lang, sh.runes)
	sh.script = metricsOf(sh.lang, sh.runes)
	sh.dir = directionOf(sh.runes)
	e := s.engines.take()
	defer s.engines.give(e)
	sh.shapeRuns(e, s.set)
	sh.track()
	sh.sum()
	sh.findBreaks(e)
	return sh
}

// oneParagraph turns every character that ends a line or paragraph into a space.
func oneParagraph(s string) []rune {
	runes := []rune(s)
	for i, r := range runes {
		if r < 0x20 || r >= 0x7f && r < 0xa0 || r == '\u2028' || r == '\u2029' {
			runes[i] = ' '
		}
	}
	return runes
}

func (sh *shaped) shapeRuns(e *engine, set *fonts.Set) {
	if len(sh.runes) == 0 {
		return
	}
	levels := sh.levels(e)
	e.resolve.set, e.resolve.weight, e.resolve.lang = set, sh.style.Weight, sh.lang
	direction := di.DirectionLTR
	if sh.dir == RightToLeft {
		direction = di.DirectionRTL
	}
	for _, run := range e.runs.Split(shaping.Input{
		Text: sh.runes, RunEnd: len(sh.runes), Direction: direction,
		Size: fixed.Int26_6(unitsPerEm), Language: language.NewLanguage(shapingLanguage(sh.style.Lang, sh.lang)),
	}, &e.resolve) {
		out := e.shaper.ShapeNoExtents(run)
		sh.addRun(e.byFace[run.Face], run, out.Glyphs, levels[run.RunStart])
	}
}

// levels are the bidi levels of the runes (Unicode Standard Annex #9).
func (sh *shaped) levels(e *engine) []bidi.Level {
	direction := bidi.LeftToRight
	if sh.dir == RightToLeft {
		direction = bidi.RightToLeft
	}
	levels := make([]bidi.Level, len(sh.runes))
	runs := e.levels.Segment(sh.runes, direction)
	for i := range runs.NumRuns() {
		run := runs.Run(i)
		for j := run.Start; j < run.End; j++ {
			levels[j] = run.Level
		}
	}
	return levels
}

// addRun appends the clusters of a shaped run in the order of reading.
func (sh *shaped) addRun(f *fonts.Font, run shaping.Input, glyphs []shaping.Glyph, level bidi.Level) {
	first := len(sh.clusters)
	for i := 0; i < len(glyphs); {
		n := max(1, glyphs[i].GlyphsCount())
		c := sh.newCluster(f, glyphs[i:min(i+n, len(glyphs))], level)
		sh.clusters = append(sh.clusters, c)
		i += n
	}
	if run.Direction == di.DirectionRTL {
		for i, j := first, len(sh.clusters)-1; i < j; i, j = i+1, j-1 {
			sh.clusters[i], sh.clusters[j] = sh.clusters[j], sh.clusters[i]
		}
	}
}

func (sh *shaped) newCluster(f *fonts.Font, glyphs []shaping.Glyph, level bidi.Level) cluster {
	c := cluster{start: glyphs[0].TextIndex(), level: level, glyphs: make([]glyph, 0, len(glyphs))}
	c.end = c.start + glyphs[0].RunesCount()
	c.blank = isBlank(sh.runes[c.start:c.end])
	for _, g := range glyphs {
		if g.GlyphID == 0 && !c.blank {
			sh.missing = append(sh.missing, sh.runes[c.start])
			c.glyphs = append(c.glyphs, glyph{x: c.advance, advance: boxAdvance})
			c.advance += boxAdvance
			continue
		}
		c.glyphs = append(c.glyphs, glyph{
			font: f, id: g.GlyphID, x: c.advance + int32(g.XOffset), y: int32(g.YOffset), advance: int32(g.Advance),
		})
		c.advance += int32(g.Advance)
	}
	return c
}

// track adds the script's letter-spacing to every cluster that stands on its own. Letters that
// join, as in Arabic, are not drawn apart.
func (sh *shaped) track() {
	if !sh.style.Display {
		return
	}
	add := int32(sh.script.trackingEm * unitsPerEm)
	for i := range sh.clusters {
		if c := &sh.clusters[i]; add != 0 && c.advance > 0 && !joins(sh.runes[c.start]) {
			c.advance, c.tracking = c.advance+add, add
		}
	}
}

func (sh *shaped) sum() {
	sh.sums = make([]int64, len(sh.clusters)+1)
	for i, c := range sh.clusters {
		sh.sums[i+1] = sh.sums[i] + int64(c.advance)
	}
}

// width is the advance of clusters[from:to] without the white space and the tracking at its end.
func (sh *shaped) width(from, to int) int64 {
	for to > from && sh.clusters[to-1].blank {
		to--
	}
	if to <= from {
		return 0
	}
	return sh.sums[to] - sh.sums[from] - int64(sh.clusters[to-1].tracking)
}

// px is a width in pixels at the size.
func (sh *shaped) px(units int64, sizePx float64) float64 {
	return float64(units) * sizePx / unitsPerEm
}

func (sh *shaped) string(from, to int) string {
	if from >= to {
		return ""
	}
	return strings.TrimRight(string(sh.runes[sh.clusters[from].start:sh.clusters[to-1].end]), " ")
}
