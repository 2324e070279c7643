package text

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/bidi"
)

// scriptMetrics are the spacing defaults of a script.
type scriptMetrics struct {
	leadingEm  float64 // distance of baselines in headlines, in ems
	readingEm  float64 // distance of baselines in other text, in ems
	trackingEm float64 // added between letters of headlines, in ems
}

// scriptRow is a script, its metrics, and the languages that are written in it.
type scriptRow struct {
	table   *unicode.RangeTable
	metrics scriptMetrics
	langs   []string
}

// byScript holds the metrics of each script.
var byScript = []scriptRow{
	{unicode.Latin, scriptMetrics{1.10, 1.42, -0.02}, nil},
	{unicode.Hangul, scriptMetrics{1.22, 1.46, -0.02}, []string{"ko"}},
	{unicode.Hiragana, scriptMetrics{1.28, 1.5, 0}, []string{"ja"}},
	{unicode.Katakana, scriptMetrics{1.28, 1.5, 0}, nil},
	{unicode.Han, scriptMetrics{1.28, 1.5, 0}, []string{"zh"}},
	{unicode.Cyrillic, scriptMetrics{1.12, 1.42, -0.015}, []string{"ru", "uk", "bg", "sr", "be", "mk", "kk"}},
	{unicode.Greek, scriptMetrics{1.12, 1.42, -0.015}, []string{"el"}},
	{unicode.Devanagari, scriptMetrics{1.35, 1.5, 0}, []string{"hi", "mr", "ne"}},
	{unicode.Thai, scriptMetrics{1.38, 1.55, 0}, []string{"th"}},
	{unicode.Arabic, scriptMetrics{1.4, 1.55, 0}, []string{"ar", "fa", "ur"}},
	{unicode.Hebrew, scriptMetrics{1.2, 1.45, 0}, []string{"he", "yi"}},
	{unicode.Bengali, scriptMetrics{1.35, 1.5, 0}, []string{"bn"}},
	{unicode.Gujarati, scriptMetrics{1.35, 1.5, 0}, []string{"gu"}},
	{unicode.Gurmukhi, scriptMetrics{1.35, 1.5, 0}, []string{"pa"}},
	{unicode.Tamil, scriptMetrics{1.35, 1.5, 0}, []string{"ta"}},
	{unicode.Telugu, scriptMetrics{1.45, 1.55, 0}, []string{"te"}},
	{unicode.Kannada, scriptMetrics{1.45, 1.55, 0}, []string{"kn"}},
	{unicode.Malayalam, scriptMetrics{1.4, 1.55, 0}, []string{"ml"}},
	{unicode.Oriya, scriptMetrics{1.4, 1.55, 0}, []string{"or"}},
	{unicode.Sinhala, scriptMetrics{1.4, 1.55, 0}, []string{"si"}},
	{unicode.Khmer, scriptMetrics{1.6, 1.7, 0}, []string{"km"}},
	{unicode.Lao, scriptMetrics{1.4, 1.55, 0}, []string{"lo"}},
	{unicode.Myanmar, scriptMetrics{1.6, 1.75, 0}, []string{"my"}},
}

// metricsOf returns the metrics of the language's script if the text has letters of it, else of the script of most
// letters.
func metricsOf(lang string, runes []rune) scriptMetrics {
	counts := make([]int, len(byScript))
	for _, r := range runes {
		if r < 0x80 && !isASCIILetter(r) { // common to all scripts
			continue
		}
		for i := range byScript {
			if unicode.Is(byScript[i].table, r) {
				counts[i]++
				break
			}
		}
	}
	best := 0
	for i, n := range counts {
		if n > counts[best] {
			best = i
		}
	}
	own := slices.IndexFunc(byScript, func(s scriptRow) bool { return slices.Contains(s.langs, lang) })
	if own >= 0 && counts[own] > 0 {
		best = own
	}
	return byScript[best].metrics
}

// directionOf returns the direction of the language if the text has letters of that direction or no letters at all
// (such as a single quotation mark); else that of the first strong character (Annex #9, rules P2 and P3).
func directionOf(tag string, runes []rune) Direction {
	if tag != "" {
		want := directionOfLanguage(tag)
		if slices.ContainsFunc(runes, want.has) || !slices.ContainsFunc(runes, want.other().has) {
			return want
		}
	}
	isolates := 0
	for _, r := range runes {
		switch p, _ := bidi.LookupRune(r); p.Class() {
		case bidi.LRI, bidi.RLI, bidi.FSI:
			isolates++
		case bidi.PDI:
			isolates = max(0, isolates-1)
		case bidi.L:
			if isolates == 0 {
				return LeftToRight
			}
		case bidi.R, bidi.AL:
			if isolates == 0 {
				return RightToLeft
			}
		}
	}
	return LeftToRight
}

// rightToLeft are the languages that are written from right to left by default.
var rightToLeft = set("ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "ps", "sd", "ug", "ur", "yi")

func directionOfLanguage(tag string) Direction {
	if primary, _, _ := strings.Cut(strings.ToLower(tag), "-"); rightToLeft[primary] {
		return RightToLeft
	}
	return LeftToRight
}

func (d Direction) other() Direction { return RightToLeft - d }

// has reports whether the text has a letter of the direction.
func (d Direction) has(r rune) bool {
	p, _ := bidi.LookupRune(r)
	if d == RightToLeft {
		return p.Class() == bidi.R || p.Class() == bidi.AL
	}
	return p.Class() == bidi.L
}

// joins reports whether r is a letter that touches its neighbours or has marks that extend over them.
func joins(r rune) bool {
	if r < 0x80 || isSyllable(r) {
		return false
	}
	return !unicode.In(r, unicode.Latin, unicode.Hangul, unicode.Han, unicode.Hiragana, unicode.Katakana,
		unicode.Cyrillic, unicode.Greek, unicode.Hebrew, unicode.Armenian, unicode.Georgian, unicode.Common)
}

// isSyllable reports whether r is a complete Hangul syllable.
func isSyllable(r rune) bool { return r >= 0xac00 && r <= 0xd7a3 }

func isASCIILetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

func isBlank(runes []rune) bool {
	for _, r := range runes {
		if r != '\u00a0' && r != '\u202f' && !unicode.IsSpace(r) {
			return false
		}
	}
	return true
}
