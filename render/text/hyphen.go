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
	o.hyphen = sh.hyphen.advance > 0 && !sh.addresses[r]
	switch {
	case !sh.lettersAround(r, 2, 2):
		o.cost = costDesperate
	case !sh.syllable(r):
		o.cost += costMidword
	}
	return o
}

// isFigure reports digits and the marks inside a number.
func isFigure(r rune) bool { return unicode.IsDigit(r) || r == '.' || r == ',' }

// hyphenates reports a letter of a script that parts words with a hyphen.
func hyphenates(r rune) bool {
	if r < 0x80 {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
	}
	return unicode.In(r, unicode.Latin, unicode.Cyrillic, unicode.Greek, unicode.Armenian) || unicode.Is(unicode.Mn, r) && r < 0x370
}

// lettersAround reports letters that take a hyphen: n before rune r, and m from it on.
func (sh *shaped) lettersAround(r, n, m int) bool {
	if r < n || r+m > len(sh.runes) {
		return false
	}
	return !slices.ContainsFunc(sh.runes[r-n:r+m], func(r rune) bool { return !hyphenates(r) })
}

// syllable reports a place before one consonant and a vowel ("con-sti-tu-tion"), two letters from
// the word's beginning and three from its end.
func (sh *shaped) syllable(r int) bool {
	if !sh.lettersAround(r, 2, 3) {
		return false
	}
	before, after := unicode.ToLower(sh.runes[r-1]), unicode.ToLower(sh.runes[r])
	return !isVowel(after) && isVowel(unicode.ToLower(sh.runes[r+1])) && !digraphs[[2]rune{before, after}]
}

// digraphs are two letters of one sound.
var digraphs = pairs("ch", "ck", "gh", "gn", "ll", "ph", "qu", "rh", "sc", "sh", "st", "th", "wh")

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
