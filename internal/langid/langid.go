// Package langid tells the language of a headline: from its script and, where several languages share the script, from
// its n-grams and from letters and words that only one of them has. It would rather say that it does not know than name
// a wrong language, because words of that language are put on the card. docs/typography.md has the figures, and
// docs/decisions/language.md the reasons.
package langid

import (
	"slices"
	"strings"
)

// Guess is what a text tells about its language. Tags are BCP 47, without a region.
type Guess struct {
	Tag    string   // the most likely language; "en" for a text without letters
	Sure   bool     // there is little doubt about it
	Likely []string // languages that are about as likely, Tag first; empty if it is sure, or if it could be any
}

// Of returns the guess for a text. It takes some 10 microseconds, and is safe for concurrent use.
func Of(s string) Guess { return Beside(s, "") }

// Beside is Of for a text that is expected in a language, a tag that may be empty: that language is taken unless the
// text is clearly in another one.
func Beside(s, expected string) Guess {
	runes := []rune(s)
	g := byScript(runes, Canonical(expected))
	if i := slices.Index(g.Likely, Canonical(expected)); !g.Sure && i >= 0 {
		return Guess{Tag: expected, Sure: true}
	}
	return g
}

// OfStory returns the guess for texts that are in one language, the most important first. The others count if those
// before them are not enough.
func OfStory(expected string, texts ...string) (g Guess) {
	all := ""
	for i, s := range texts {
		if s == "" && i > 0 {
			continue
		}
		all = strings.TrimSpace(all + "\n" + s)
		more := Beside(all, expected)
		if i == 0 || more.Sure {
			g = more
		}
		if g.Sure {
			break
		}
	}
	return g
}

// Canonical returns the form of a tag that this package returns: its primary subtag, "zh-Hant" for Chinese in
// traditional characters, and "sr-Latn".
func Canonical(tag string) string {
	primary, rest, _ := strings.Cut(strings.ToLower(tag), "-")
	subtags := strings.Split(rest, "-")
	has := func(any ...string) bool {
		return slices.ContainsFunc(subtags, func(s string) bool { return slices.Contains(any, s) })
	}
	switch primary {
	case "no":
		return "nb"
	case "iw":
		return "he"
	case "in":
		return "id"
	case "fil":
		return "tl"
	case "zh", "cmn":
		if has("hant", "tw", "hk", "mo") && !has("hans") {
			return "zh-Hant"
		}
		return "zh"
	case "yue", "nan", "lzh", "hak", "wuu":
		return "zh-Hant"
	case "sr":
		if has("latn") {
			return "sr-Latn"
		}
	}
	return primary
}
