package text

import (
	"slices"
	"strings"
	"unicode"
)

const softHyphen = '\u00ad'

// emergency returns the opportunity inside a word, before clusters[at], for words wider than the line.
func (sh *shaped) emergency(at int) opportunity {
	o := opportunity{at: at, cost: costEmergency}
	r := sh.clusters[at].start
	if sh.facing(r) == closes || sh.facing(r-1) == opens || isFigure(sh.runes[r-1]) && isFigure(sh.runes[r]) {
		o.cost = costDesperate
	}
	if !hyphenates(sh.runes[r-1]) || !hyphenates(sh.runes[r]) {
		return o
	}
	place := sh.placeAt(r)
	o.hyphen = sh.hyphen.advance > 0 && place != unhyphenated && !sh.inAddress(r)
	switch {
	case place == joint:
	case place == syllable:
		o.cost += costSyllable
	case place == besideJoint:
		o.cost += costBesideJoint
	case place == poor:
		o.cost = costMidword
	case !sh.lettersAround(r, 2, 2), sh.oneSound(r):
		o.cost = costDesperate
	default:
		o.cost = costMidword + costNoSyllable
	}
	return o
}

// isFigure reports whether r is a digit or a mark inside a number.
func isFigure(r rune) bool { return unicode.IsDigit(r) || r == '.' || r == ',' }

// hyphenates reports whether r is a letter of a script that splits words with a hyphen.
func hyphenates(r rune) bool {
	if r < 0x80 {
		return isASCIILetter(r)
	}
	return unicode.In(r, unicode.Latin, unicode.Cyrillic, unicode.Greek, unicode.Armenian) ||
		unicode.Is(unicode.Mn, r) && r < 0x370
}

// lettersAround reports whether there are letters of such scripts around rune r: n before it, and m from it on.
func (sh *shaped) lettersAround(r, n, m int) bool {
	if r < n || r+m > len(sh.runes) {
		return false
	}
	return !slices.ContainsFunc(sh.runes[r-n:r+m], func(r rune) bool { return !hyphenates(r) })
}

// syllable reports whether a syllable begins at the place, in a language without patterns: one consonant, or several
// that can begin a syllable, and a vowel ("con-sti-tu-tion", "Ge-sell-schaft"), at least two letters from the word's
// beginning and three from its end. In Finnish it is always one consonant.
func (sh *shaped) syllable(r int) bool {
	if !sh.lettersAround(r, 2, 3) || isVowel(sh.lower(r)) {
		return false
	}
	if sh.lang == "fi" {
		return isVowel(sh.lower(r + 1))
	}
	if digraphs[[2]rune{sh.lower(r - 1), sh.lower(r)}] {
		return false
	}
	onset := 1
	for _, sound := range onsets {
		if n := len(sound); r+n < len(sh.runes) && strings.EqualFold(string(sh.runes[r:r+n]), sound) {
			onset = n
		}
	}
	return isVowel(sh.lower(r + onset))
}

// oneSound reports whether the place is inside a sound of several letters: two vowels, the consonants of soundsOf,
// or sch. A line ends there only if no other place is possible.
func (sh *shaped) oneSound(r int) bool {
	if sh.betweenVowels(r) {
		return true
	}
	before, after := sh.lower(r-1), sh.lower(r)
	pair := [2]rune{before, after}
	return sounds[pair] || soundsOf[sh.lang][pair] ||
		before == 's' && after == 'c' && r+1 < len(sh.runes) && sh.lower(r+1) == 'h'
}

// betweenVowels reports whether the place is between two vowels, of which y is none before another one.
func (sh *shaped) betweenVowels(r int) bool {
	before, after := sh.lower(r-1), sh.lower(r)
	return isVowel(before) && isVowel(after) && (after != 'y' || r+1 == len(sh.runes) || !isVowel(sh.lower(r+1)))
}

func (sh *shaped) lower(r int) rune { return unicode.ToLower(sh.runes[r]) }

// digraphs are pairs of letters between which syllables rarely begin.
var digraphs = pairs("bl", "br", "cl", "cr", "fl", "gn", "kl", "kr", "ll", "pl", "pr", "sc", "st")

// sounds are pairs of letters that are one sound in most languages, soundsOf in some.
var (
	sounds   = pairs("ch", "ck", "gh", "ph", "qu", "rh", "sh", "th", "wh")
	soundsOf = map[string]map[[2]rune]bool{
		"es": pairs("ll", "rr"), "ca": pairs("ll", "rr", "ny"), "fr": pairs("gn", "ll", "rr"),
		"it": pairs("gn", "gl", "sc", "ll", "rr"),
		"pt": pairs("lh", "nh", "rr"), "pl": pairs("cz", "dz", "rz", "sz"),
		"hu": pairs("cs", "gy", "ly", "ny", "sz", "ty", "zs"),
	}
)

// onsets are groups of letters that can begin a syllable, the longest last.
var onsets = []string{"bl", "br", "cl", "cr", "fl", "kl", "kr", "pl", "pr", "ch", "ph", "sh", "th", "wh", "sch"}

func pairs(all ...string) map[[2]rune]bool {
	m := make(map[[2]rune]bool, len(all))
	for _, s := range all {
		m[[2]rune([]rune(s))] = true
	}
	return m
}

const vowels = "aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýÿœаеёиоуыэюяіїєαεηιουωάέήίόύώ"

func isVowel(lower rune) bool { return strings.ContainsRune(vowels, lower) }

// hyphenCost returns the cost of a break after a hyphen. A part of one or two letters, and one beside a number
// ("365-ე", "60-х"), stay with the rest of the word.
func (sh *shaped) hyphenCost(r int) int64 {
	const least = 3
	strange := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }
	letters := func(part []rune) bool { return len(part) == least && !slices.ContainsFunc(part, strange) }
	if letters(sh.runes[max(0, r-1-least):r-1]) && letters(sh.runes[r:min(r+least, len(sh.runes))]) {
		return costHyphen
	}
	return costGlue
}

func isHyphen(r rune) bool { return r == '-' || r == '‐' }
