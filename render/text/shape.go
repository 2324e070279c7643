package text

import (
	"slices"
	"strings"

	"github.com/go-text/typesetting/bidi"
	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"

	"newsroom.example/cards/fonts"
)

// unitsPerEm is the resolution in which text is measured, once for all sizes: outlines are not hinted, so widths are
// proportional to the size.
const unitsPerEm = 1 << 14

// glyph is one shaped glyph, in units of unitsPerEm.
type glyph struct {
	font    *fonts.Font // nil: the box for a character that no font has
	id      font.GID
	x, y    int32 // from the cluster's left edge and the baseline, y up
	advance int32
}

// cluster is the smallest part of a text that is placed as a unit. Clusters are in reading order, their glyphs
// from left to right.
type cluster struct {
	start, end int // runes
	glyphs     []glyph
	advance    int32 // without tracking
	lead       int32 // part of advance: blank that is removed at the beginning of a line
	trail      int32 // part of advance: blank that does not count at the end of a line
	level      bidi.Level
	blank      bool  // white space, which does not count at the end of a line
	hung       uint8 // clusters that hang if a line begins with this one
}

// shaped is a paragraph that is measured once and can be broken at any width and size.
type shaped struct {
	runes    []rune
	weighed  bool // breaks inside words have been weighed
	tailAt   int  // rune at which the tail begins; len(runes) without one
	style    Style
	tag      string // BCP 47: the style's, or detected
	sure     bool   // there is little doubt about it
	lang     string // its primary subtag; "zh" for all languages that are written like Chinese
	script   scriptMetrics
	dir      Direction
	clusters []cluster
	sums     []int64 // sums[i] is the advance of clusters[:i], without tracking
	tracked  []int64 // tracked[i] counts those of clusters[:i] that get tracking
	breaks   []opportunity
	hyphen   cluster
	missing  []rune

	lineBreaks, graphemes []bool  // runes before which Annexes #14 and #29 allow a break
	addresses             []bool  // runes of URLs, mail addresses and handles; nil until first needed
	joints, inside        []bool  // runes at which a phrase begins, and those inside a word; nil in text with spaces
	places                []place // where a hyphen may stand; nil until first needed
	heldAt                []bool  // runes before which a break would be inside a compound or number; nil: none
	sentence              uint8   // 1: most words begin with a small letter; 2: with a capital; 0: not counted yet
	held                  bool    // some opportunities are of a rank between proper and inside

	hangs     bool    // some clusters hang
	hangMost  int64   // what may hang before a line at the current step, in units
	tracking  int64   // added to each of these clusters at the current step, in units
	leadingEm float64 // distance of baselines at the current step, in ems
}

// read returns a paragraph that is not measured yet.
func read(p Paragraph, st Style) *shaped {
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
	sh.tag, sh.sure = tagOf(st.Lang, sh.runes)
	if st.Lang == "" && alike(sh.tag, st.Story) {
		sh.tag, sh.sure = st.Story, true
	}
	sh.lang = languageOf(sh.tag)
	return sh
}

// shape measures a paragraph and finds where it may break.
func (s *Setter) shape(p Paragraph, st Style) *shaped {
	sh := read(p, st)
	sh.script = metricsOf(sh.lang, sh.runes)
	sh.dir = directionOf(st.Lang, sh.runes)
	e := s.engines.get()
	defer s.engines.put(e)
	if len(sh.runes) > 0 {
		sh.findBoundaries(e)
		s.shapeRuns(sh, e)
		sh.closeUp()
		sh.findHangs()
	}
	sh.sum()
	sh.findBreaks()
	return sh
}

// oneParagraph replaces line and paragraph separators by spaces.
func oneParagraph(s string) []rune {
	runes := []rune(s)
	for i, r := range runes {
		if r < 0x20 || r >= 0x7f && r < 0xa0 || r == '\u2028' || r == '\u2029' {
			runes[i] = ' '
		}
	}
	return runes
}

// face returns the font face of the style.
func (st Style) face() fonts.Face { return fonts.Face{Families: st.Families, Weight: st.Weight} }

func (s *Setter) shapeRuns(sh *shaped, e *engine) {
	levels := e.levels(sh.runes, sh.dir)
	in := shaping.Input{
		Text: sh.runes, Language: language.NewLanguage(shapingLanguage(sh.tag)),
	}
	figures := featuresOf(sh.style.Figures)
	all := append(slices.Clip(figures), featuresOf(sh.style.Features)...)
	sh.clusters = make([]cluster, 0, len(sh.runes))
	for _, r := range sh.itemize(s.set, levels) {
		in.RunStart, in.RunEnd, in.Script, in.Face = r.start, r.end, r.script, e.face(r.font)
		in.Size, in.Direction = fixed.Int26_6(s.scaled(unitsPerEm, r.font)), di.DirectionLTR
		if r.level%2 == 1 {
			in.Direction = di.DirectionRTL
		}
		if in.FontFeatures = figures; len(all) > len(figures) && sh.style.names(r.font, s.set) {
			in.FontFeatures = all
		}
		out := e.shaper.ShapeNoExtents(in)
		sh.addRun(r.font, in, out.Glyphs, r.level)
	}
	sh.hyphen = sh.newHyphen(e, s.set)
}

// newHyphen returns the hyphen for lines that end inside a word.
func (sh *shaped) newHyphen(e *engine, set *fonts.Set) cluster {
	f := set.Main(sh.style.face())
	face := e.face(f)
	id, ok := face.NominalGlyph('-')
	if !ok {
		return cluster{}
	}
	advance := int32(face.HorizontalAdvance(id) * unitsPerEm / float32(face.Upem()))
	return cluster{glyphs: []glyph{{font: f, id: id, advance: advance}}, advance: advance}
}

// addRun appends the clusters of a shaped run in reading order.
func (sh *shaped) addRun(f *fonts.Font, run shaping.Input, glyphs []shaping.Glyph, level bidi.Level) {
	first, room := len(sh.clusters), make([]glyph, len(glyphs))
	for i := 0; i < len(glyphs); {
		end := min(i+max(1, glyphs[i].GlyphsCount()), len(glyphs))
		sh.clusters = append(sh.clusters, sh.newCluster(room[i:i:end], f, glyphs[i:end], level))
		i = end
	}
	if run.Direction == di.DirectionRTL {
		for i, j := first, len(sh.clusters)-1; i < j; i, j = i+1, j-1 {
			sh.clusters[i], sh.clusters[j] = sh.clusters[j], sh.clusters[i]
		}
	}
}

// newCluster returns the cluster of some glyphs. It stores them in room, which must have capacity for all of them.
func (sh *shaped) newCluster(room []glyph, f *fonts.Font, glyphs []shaping.Glyph, level bidi.Level) cluster {
	c := cluster{start: glyphs[0].TextIndex(), level: level, glyphs: room}
	c.end = c.start + glyphs[0].RunesCount()
	c.blank = isBlank(sh.runes[c.start:c.end])
	for _, g := range glyphs {
		if g.GlyphID == 0 && !c.blank {
			sh.missing = append(sh.missing, missingOf(f, sh.runes[c.start:c.end]))
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

// missingOf returns the first of a cluster's characters that the font lacks.
func missingOf(f *fonts.Font, runes []rune) rune {
	for _, r := range runes {
		if !f.Has(r) {
			return r
		}
	}
	return runes[0]
}

// setFor sets the tracking and leading for the step. The larger a headline, the tighter they are; other text uses its
// script's defaults.
func (sh *shaped) setFor(step Step) {
	sh.setHang(step.SizePx)
	sh.tracking, sh.leadingEm = 0, sh.script.readingEm
	if sh.style.Display {
		em := float64(sh.script.trackingEm*(1+float64(0.5*step.Tight))) + sh.style.TrackingEm
		sh.tracking = int64(em * unitsPerEm)
		sh.leadingEm = sh.script.leadingEm - float64(0.05*step.Tight) + sh.style.AddLeadingEm
	}
}

// tracks reports whether tracking applies to a cluster. It does not apply to letters that join, as in Arabic.
func (sh *shaped) tracks(c *cluster) bool {
	return c.advance > 0 && c.end > c.start && !joins(sh.runes[c.start])
}

func (sh *shaped) sum() {
	n := len(sh.clusters) + 1
	both := make([]int64, 2*n)
	sh.sums, sh.tracked = both[:n:n], both[n:]
	for i := range sh.clusters {
		c := &sh.clusters[i]
		sh.sums[i+1], sh.tracked[i+1] = sh.sums[i]+int64(c.advance), sh.tracked[i]
		if sh.tracks(c) {
			sh.tracked[i+1]++
		}
	}
}

// width returns the width of clusters[from:to] as a line: without white space and tracking at its end, and without
// the blanks of full-width marks at both ends, and without what hangs before it.
func (sh *shaped) width(from, to int) int64 {
	for to > from && sh.clusters[to-1].blank {
		to--
	}
	if to <= from {
		return 0
	}
	if sh.hangMost > 0 {
		if from = sh.begins(from); to <= from {
			return 0
		}
	}
	air := int64(sh.clusters[from].lead + sh.clusters[to-1].trail)
	return sh.sums[to] - sh.sums[from] - air + (sh.tracked[to-1]-sh.tracked[from])*sh.tracking
}

// until returns the width of a line from a cluster to an opportunity, including its hyphen.
func (sh *shaped) until(from int, o opportunity) int64 {
	w := sh.width(from, o.at)
	if o.hyphen {
		w += int64(sh.hyphen.advance)
	}
	return w
}

// px converts a width in units to pixels at the size.
func (sh *shaped) px(units int64, sizePx float64) float64 {
	return float64(float64(units) * sizePx / unitsPerEm)
}

func (sh *shaped) string(from, to int) string {
	if from >= to {
		return ""
	}
	return strings.TrimRight(string(sh.runes[sh.clusters[from].start:sh.clusters[to-1].end]), " ")
}
