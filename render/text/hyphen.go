package text

import (
	"slices"
	"strings"
	"unicode"
)

const softHyphen = '\u00ad'

// emergency is the place inside a word before clusters[at], used where the word is wider than
// the line.
func (sh *shaped) emergency(at int) opportunity {
	o := opportunity{at: at, cost: costEmergency}
	r := sh.clusters[at].start
	if sh.facing(r) == closes || sh.facing(r-1) == opens || isFigure(sh.runes[r-1]) && isFigure(sh.runes[r]) {
		o.cost = costDesperate
	}
	if !hyphenates(sh.runes[r-1]) || !hyphenates(sh.runes[r]) {
		return o
	}
	if sh.addresses == nil {
		sh.addresses = findAddresses(sh.runes)
	}
	o.hyphen = sh.hyphen.advance > 0 && !sh.addresses[r]
	switch {
	case !sh.lettersAround(r, 2, 2), sh.oneSound(r):
		o.cost = costDesperate
	case !sh.syllable(r):
		o.cost = costMidword
	}
	return o
}

// isFigure reports digits and the marks inside a number.
func isFigure(r rune) bool { return unicode.IsDigit(r) || r == '.' || r == ',' }

// hyphenates reports a letter of a script that parts words with a hyphen.
func hyphenates(r rune) bool {
	if r < 0x80 {
		return isASCIILetter(r)
	}
	return unicode.In(r, unicode.Latin, unicode.Cyrillic, unicode.Greek, unicode.Armenian) ||
		unicode.Is(unicode.Mn, r) && r < 0x370
}

// lettersAround reports letters that take a hyphen: n before rune r, and m from it on.
func (sh *shaped) lettersAround(r, n, m int) bool {
	if r < n || r+m > len(sh.runes) {
		return false
	}
	return !slices.ContainsFunc(sh.runes[r-n:r+m], func(r rune) bool { return !hyphenates(r) })
}

// syllable reports a place before one consonant, or more that begin a syllable, and a vowel
// ("con-sti-tu-tion", "Ge-sell-schaft"), two letters from the word's beginning and three from its end.
func (sh *shaped) syllable(r int) bool {
	if !sh.lettersAround(r, 2, 3) || isVowel(sh.lower(r)) || digraphs[[2]rune{sh.lower(r - 1), sh.lower(r)}] {
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

// oneSound reports a place inside a sound that is written with more letters than one: two vowels,
// the consonants of soundsOf, and sch. Nothing ends a line there while another place will do.
func (sh *shaped) oneSound(r int) bool {
	before, after := sh.lower(r-1), sh.lower(r)
	if isVowel(before) && isVowel(after) {
		return true
	}
	pair := [2]rune{before, after}
	return sounds[pair] || soundsOf[sh.lang][pair] ||
		before == 's' && after == 'c' && r+1 < len(sh.runes) && sh.lower(r+1) == 'h'
}

func (sh *shaped) lower(r int) rune { return unicode.ToLower(sh.runes[r]) }

// digraphs are two letters that a syllable rarely begins between.
var digraphs = pairs("bl", "br", "cl", "cr", "fl", "gn", "kl", "kr", "ll", "pl", "pr", "sc", "st")

// sounds are two letters of one sound in most languages, soundsOf in some.
var (
	sounds   = pairs("ch", "ck", "gh", "ph", "qu", "rh", "sh", "th", "wh")
	soundsOf = map[string]map[[2]rune]bool{
		"es": pairs("ll", "rr"), "ca": pairs("ll", "rr", "ny"), "fr": pairs("gn", "ll", "rr"),
		"it": pairs("gn", "gl", "sc", "ll", "rr"),
		"pt": pairs("lh", "nh", "rr"), "pl": pairs("cz", "dz", "rz", "sz"),
		"hu": pairs("cs", "gy", "ly", "ny", "sz", "ty", "zs"),
	}
)

// onsets are more letters than one with which a syllable begins, the longest last.
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

// findAddresses are the runes in words that are addresses, which no hyphen may change.
func findAddresses(runes []rune) []bool {
	addresses := make([]bool, len(runes)+1)
	for start := 0; start < len(runes); start++ {
		end := start
		for end < len(runes) && !unicode.IsSpace(runes[end]) {
			end++
		}
		if isAddress(string(runes[start:end])) {
			for i := start; i < end; i++ {
				addresses[i] = true
			}
		}
		start = end
	}
	return addresses
}

func isAddress(word string) bool {
	return strings.Contains(word, "://") || strings.Contains(word, "@") || strings.Contains(word, "www.")
}

// unwritten reports letters of a script that is written without spaces between words and in
// which Annex #14 leaves the places to a dictionary.
func unwritten(r rune) bool { return unicode.Is(unicode.Thai, r) }
