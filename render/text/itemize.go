package text

import (
	"slices"
	"strings"
	"unicode"

	"github.com/go-text/typesetting/bidi"
	"github.com/go-text/typesetting/language"

	"newsroom.example/cards/fonts"
)

// run is a part of the text that is shaped together, with one direction, one script and one font.
type run struct {
	start, end int
	level      bidi.Level
	script     language.Script
	font       *fonts.Font
}

// itemize splits the text into runs. A grapheme is never split between fonts, so that marks stay with their bases and
// emoji with their joiners.
func (sh *shaped) itemize(set *fonts.Set, levels []bidi.Level) []run {
	var runs []run
	scripts, fontsOf := sh.scripts(), sh.scriptRuns(set)
	for start := 0; start < len(sh.runes); {
		end := sh.graphemeEnd(start)
		next := run{start, end, levels[start], scripts[start], nil}
		grapheme := sh.runes[start:end]
		if !fontless(grapheme) || len(runs) > 0 && !spaces(set, runs[len(runs)-1].font, grapheme) {
			next.font = sh.fontFor(set, fontsOf, grapheme)
		}
		runs = appendRun(runs, next)
		start = end
	}
	for i := range runs {
		if runs[i].font == nil { // only white space
			runs[i].font = set.Main(sh.style.face())
		}
	}
	return runs
}

// appendRun merges next into the last run if both are of one kind. White space and joiners use the font before
// them or, if there is none, the one after.
func appendRun(runs []run, next run) []run {
	if len(runs) == 0 {
		return append(runs, next)
	}
	last := &runs[len(runs)-1]
	switch {
	case last.level != next.level, last.script != next.script,
		last.font != next.font && last.font != nil && next.font != nil:
		if next.font == nil {
			next.font = last.font
		}
		return append(runs, next)
	case last.font == nil:
		last.font = next.font
	}
	last.end = next.end
	return runs
}

// graphemeEnd returns the end of the grapheme that begins at a rune.
func (sh *shaped) graphemeEnd(start int) int {
	end := start + 1
	for end < len(sh.runes) && !sh.graphemes[end] {
		end++
	}
	return end
}

// scriptRun is a script of the text with all its graphemes, and their font.
type scriptRun struct {
	script    language.Script
	graphemes [][]rune
	font      *fonts.Font // nil: none has any of them
}

// scriptRuns returns the text's scripts, each with one font: a font that lacks one of a script's letters is not
// used for the others either.
func (sh *shaped) scriptRuns(set *fonts.Set) []scriptRun {
	all := sh.letters(set)
	for _, h := range all {
		if h.script == language.Han && sh.inHan() && sh.passedOver(set, h.graphemes) {
			sh.style.Families = ""
		}
	}
	for i := range all {
		all[i].font = set.ForAll(all[i].graphemes, sh.style.face(), sh.lang)
	}
	return all
}

// Shares reports whether letters of one of p's scripts are drawn with the same font in both styles.
func (s *Setter) Shares(p Paragraph, one, other Style) bool {
	sh := read(p, one)
	if len(sh.runes) == 0 {
		return false
	}
	e := s.engines.get()
	defer s.engines.put(e)
	sh.findBoundaries(e)
	return slices.ContainsFunc(sh.letters(s.set), func(h scriptRun) bool {
		f := s.set.ForAll(h.graphemes, one.face(), sh.lang)
		return f != nil && f == s.set.ForAll(h.graphemes, other.face(), sh.lang)
	})
}

// passedOver reports whether one of the style's families has some of the ideographs, but another font draws them.
// The style's families match each other: without this one, digits, dashes and Latin letters of the others would
// look out of place.
func (sh *shaped) passedOver(set *fonts.Set, han [][]rune) bool {
	if sh.style.Families == "" {
		return false
	}
	families := strings.Split(sh.style.Families, ",")
	if f := set.ForAll(han, sh.style.face(), sh.lang); f != nil && slices.Contains(families, f.Family) {
		return false
	}
	return slices.ContainsFunc(families, func(name string) bool {
		return slices.ContainsFunc(han, set.Main(fonts.Face{Families: name, Weight: sh.style.Weight}).HasAll)
	})
}

// letters returns the graphemes of each script, with no fonts set.
func (sh *shaped) letters(set *fonts.Set) (all []scriptRun) {
	var end int
	for start := 0; start < len(sh.runes); start = end {
		end = sh.graphemeEnd(start)
		grapheme := sh.runes[start:end:end]
		s := sh.fontScript(grapheme[0])
		if !s.Strong() || drawnAsEmoji(set, grapheme) {
			continue
		}
		i := slices.IndexFunc(all, func(h scriptRun) bool { return h.script == s })
		if i < 0 {
			i = len(all)
			all = append(all, scriptRun{script: s, graphemes: make([][]rune, 0, len(sh.runes)-start)})
		}
		all[i].graphemes = append(all[i].graphemes, grapheme)
	}
	return all
}

// inHan reports whether the text is Japanese or Chinese.
func (sh *shaped) inHan() bool { return sh.lang == "ja" || sh.lang == "zh" }

// fontScript returns the script whose font draws a character; not a strong script if any font may draw it.
// Ideographs and kana count as one script, and in Japanese and Chinese their punctuation and full-width forms too.
// Symbols made of letters, such as Ⅷ and Å, do not count as letters.
func (sh *shaped) fontScript(r rune) language.Script {
	switch {
	case isASCIILetter(r):
		return language.Latin
	case r < 0x80:
		return language.Common
	case isSyllable(r):
		return language.Hangul
	}
	s := language.LookupScript(r)
	switch {
	case fonts.IsCJK(r) && sh.inHan(), kindOf(r) != other, s == language.Bopomofo:
		return language.Han
	case r >= 0x2100 && r <= 0x218f, r >= 0xff00 && r <= 0xffef && s == language.Latin:
		return language.Common
	}
	return s
}

// fontFor returns the font for the grapheme: its script's, else one that has the whole grapheme, else one that has
// its base.
func (sh *shaped) fontFor(set *fonts.Set, scripts []scriptRun, grapheme []rune) *fonts.Font {
	face := sh.style.face()
	if drawnAsEmoji(set, grapheme) {
		return set.Emoji()
	}
	script := sh.fontScript(grapheme[0])
	for i := range scripts {
		if f := scripts[i].font; scripts[i].script == script && f != nil && f.HasAll(grapheme) {
			return f
		}
	}
	if f, ok := set.For(grapheme, face, sh.lang); ok {
		return f
	}
	if f, ok := set.For(grapheme[:1], face, sh.lang); ok {
		return f
	}
	return set.Main(face)
}

func drawnAsEmoji(set *fonts.Set, grapheme []rune) bool {
	return emoji(grapheme) && set.Emoji().HasAll(grapheme)
}

// spaces reports whether the font's own white space is used. That of an emoji font is as wide as an emoji.
func spaces(set *fonts.Set, f *fonts.Font, space []rune) bool {
	return f == nil || f != set.Emoji() && f.HasAll(space)
}

// fontless reports whether the grapheme has no ink, so that any font can draw it.
func fontless(grapheme []rune) bool {
	for _, r := range grapheme {
		if !unicode.In(r, unicode.Zs, unicode.Zl, unicode.Zp, unicode.Cc, unicode.Cf) {
			return false
		}
	}
	return true
}

// scripts returns the scripts of the runes (Unicode Standard Annex #24). Characters that many scripts share get
// the script of the character before them or, at the beginning, after them.
func (sh *shaped) scripts() []language.Script {
	scripts := make([]language.Script, len(sh.runes))
	current, pending := language.Common, 0
	for i, r := range sh.runes {
		if s := language.LookupScript(r); s.Strong() {
			if current == language.Common {
				for j := range scripts[pending:i] {
					scripts[pending+j] = s
				}
			}
			current = s
		}
		scripts[i] = current
	}
	return scripts
}
