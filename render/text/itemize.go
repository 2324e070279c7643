package text

import (
	"slices"
	"strings"
	"unicode"

	"github.com/go-text/typesetting/bidi"
	"github.com/go-text/typesetting/language"

	"newsroom.example/cards/fonts"
)

// run is a stretch of text that is shaped as one: one direction, one script, one font.
type run struct {
	start, end int
	level      bidi.Level
	script     language.Script
	font       *fonts.Font
}

// itemize parts the text into runs. A font draws whole graphemes, so that no mark is parted
// from its base and no emoji from its joiners.
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
		if runs[i].font == nil { // nothing but white space
			runs[i].font = set.Main(sh.style.face())
		}
	}
	return runs
}

// appendRun makes next part of the last run where they are of one kind. White space and
// joiners take the font that stands before them, or else the one after.
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

// graphemeEnd is the end of the grapheme that begins at a rune.
func (sh *shaped) graphemeEnd(start int) int {
	end := start + 1
	for end < len(sh.runes) && !sh.graphemes[end] {
		end++
	}
	return end
}

// scriptRun is a script of the text, all graphemes in it, and the font that sets them.
type scriptRun struct {
	script    language.Script
	graphemes [][]rune
	font      *fonts.Font // nil: none has any of them
}

// scriptRuns returns the text's scripts, each with one font: a font that lacks one of the letters
// sets none of them.
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

// passedOver reports that one of the style's families has some of the ideographs and another font
// sets them. The families were chosen for each other: without it, the figures, dashes and Latin
// letters of the others would stand out.
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

// letters returns the graphemes of each script, without fonts.
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

// inHan reports a text in Japanese or Chinese.
func (sh *shaped) inHan() bool { return sh.lang == "ja" || sh.lang == "zh" }

// fontScript returns the script whose font sets a character; not a strong one where it may take any.
// Ideographs and kana are one script here, as are their punctuation and full-width forms in
// Japanese and Chinese. Signs made of letters, such as Ⅷ and Å, are no letters.
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

// fontFor is the font that draws the grapheme: its script's, or one that has all of it, or else
// as much as its base.
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

// spaces reports a font whose own white space is to be used: that of an emoji is as wide as an
// emoji.
func spaces(set *fonts.Set, f *fonts.Font, space []rune) bool {
	return f == nil || f != set.Emoji() && f.HasAll(space)
}

// fontless reports a grapheme without ink, which any font sets.
func fontless(grapheme []rune) bool {
	for _, r := range grapheme {
		if !unicode.In(r, unicode.Zs, unicode.Zl, unicode.Zp, unicode.Cc, unicode.Cf) {
			return false
		}
	}
	return true
}

// scripts are the scripts of the runes (Unicode Standard Annex #24); what many scripts share
// takes the script before it, or after it at the beginning.
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
