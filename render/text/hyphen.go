package text

import (
	"strings"
	"unicode"
)

const softHyphen = '\u00ad'

// emergency is the place inside a word before clusters[at], used where the word is wider than
// the line.
func (sh *shaped) emergency(at int) opportunity {
	o := opportunity{at: at, cost: costEmergency}
	r := sh.clusters[at].start
	if strings.ContainsRune(closing, sh.runes[r]) || strings.ContainsRune(opening, sh.runes[r-1]) {
		o.cost = costDesperate
	}
	if !hyphenates(sh.runes[r-1]) || !hyphenates(sh.runes[r]) {
		return o
	}
	o.hyphen = sh.hyphen.advance > 0
	if !sh.syllable(r) {
		o.cost += costMidword
	}
	return o
}

// hyphenates reports a letter of a script that parts words with a hyphen.
func hyphenates(r rune) bool {
	return unicode.In(r, unicode.Latin, unicode.Cyrillic, unicode.Greek, unicode.Armenian) || unicode.Is(unicode.Mn, r) && r < 0x370
}

// syllable reports a place before one consonant and a vowel ("con-sti-tu-tion"), two letters from
// the word's beginning and three from its end.
func (sh *shaped) syllable(r int) bool {
	if r < 2 || r+2 >= len(sh.runes) {
		return false
	}
	for _, i := range []int{r - 2, r - 1, r, r + 1, r + 2} {
		if !hyphenates(sh.runes[i]) {
			return false
		}
	}
	return !isVowel(sh.runes[r]) && isVowel(sh.runes[r+1]) && !digraphs[strings.ToLower(string(sh.runes[r-1:r+1]))]
}

// digraphs are two letters of one sound.
var digraphs = set("ch", "ck", "gh", "gn", "ll", "ph", "qu", "rh", "sc", "sh", "st", "th", "wh")

const vowels = "aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýÿœаеёиоуыэюяіїєαεηιουωάέήίόύώ"

func isVowel(r rune) bool { return strings.ContainsRune(vowels, unicode.ToLower(r)) }

// unwritten reports letters of a script that is written without spaces between words and in
// which Annex #14 leaves the places to a dictionary.
func unwritten(r rune) bool { return unicode.Is(unicode.Thai, r) }
