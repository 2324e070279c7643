// Package hyphens finds where words of a language may get a hyphen, with the hyphenation patterns of TeX
// (data/README.md) and the algorithm of F. M. Liang, Word Hy-phen-a-tion by Com-put-er (1983): each pattern that occurs
// in a word has a level for each place, the highest level of all patterns counts, and a hyphen may stand where it is
// odd.
package hyphens

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Letters that stay before a hyphen and after it, at least.
const (
	leastBefore = 2
	leastAfter  = 3
)

// Points returns before which runes of a word a hyphen may stand, with at least two letters before it and three after
// it. The word may have capitals. It is nil if there are no patterns for the language, a BCP 47 tag, or none of them is
// in the word, because its letters are of another script. The patterns of a language are read when a word first needs
// them. It is safe for concurrent use.
func Points(tag string, word []rune) []bool {
	patterns := patternsOf(tag)
	if patterns == nil {
		return nil
	}
	text := lower(tag, word)
	levels := make([]uint8, len(text)+1)
	found := false
	for at := range text {
		found = patterns().raise(levels[at:], text[at:]) || found
	}
	if !found {
		return nil
	}
	points, at := make([]bool, len(word)), 0
	for i, r := range []rune(text)[:1+len(word)] {
		if i > leastBefore && i <= 1+len(word)-leastAfter {
			points[i-1] = levels[at]%2 == 1
		}
		at += utf8.RuneLen(r)
	}
	return points
}

// lower returns the word in small letters between full stops, which stand for its ends in patterns.
func lower(tag string, word []rune) string {
	var text strings.Builder
	text.WriteByte('.')
	toLower := unicode.ToLower
	switch primary(tag) {
	case "tr", "az":
		toLower = unicode.TurkishCase.ToLower
	}
	for _, r := range word {
		text.WriteRune(toLower(r))
	}
	text.WriteByte('.')
	return text.String()
}

// patternsOf returns the patterns for a language; nil if there are none.
func patternsOf(tag string) func() *patterns {
	name := primary(tag)
	switch name {
	case "en":
		if isBritish(tag) {
			name = "en-gb"
		}
	case "nb", "nn":
		name = "no"
	case "sr", "bs":
		name = "sh"
	case "gsw", "nds":
		name = "de"
	}
	return lists[name]
}

func primary(tag string) string {
	p, _, _ := strings.Cut(strings.ToLower(tag), "-")
	return p
}

// isBritish reports whether the region of an English tag divides words as Britain does, by their origin rather than by
// their sound.
func isBritish(tag string) bool {
	_, rest, _ := strings.Cut(strings.ToLower(tag), "-")
	for part := range strings.SplitSeq(rest, "-") {
		switch part {
		case "gb", "uk", "ie", "au", "nz", "za", "in", "sg", "hk", "ng", "ke":
			return true
		}
	}
	return false
}
