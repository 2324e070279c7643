package text

import (
	"strings"
	"unicode"
)

// forbidden reports a break that the tailorings take away.
func (sh *shaped) forbidden(r int) bool {
	before, after := sh.runes[r-1], sh.runes[r]
	if sh.facing(r) == closes || before == '#' || before == '@' {
		return true
	}
	if last := sh.lastInk(r); last >= 0 && sh.facing(last) == opens {
		return true
	}
	if unicode.IsSpace(before) {
		return false
	}
	pause := strings.ContainsRune("…—", before)
	if sh.lang == "ko" {
		return !pause || sh.particleAt(r)
	}
	return !pause && hangulWord(before, after)
}

// hangulWord reports the inside of a word with Hangul in it, in a text of any language: figures
// and Latin letters belong to it, Hanzi and kana do not.
func hangulWord(before, after rune) bool {
	b, a := unicode.Is(unicode.Hangul, before), unicode.Is(unicode.Hangul, after)
	return (a || b) && !(kindOf(before) != other || kindOf(after) != other)
}

// particleAt reports a particle, or one syllable, up to the next white space.
func (sh *shaped) particleAt(r int) bool {
	word := plain(sh.wordAfter(r))
	return len([]rune(word)) <= 1 || particles[word]
}

// lastInk is the place of the last character before r that is not white space; -1 for none.
func (sh *shaped) lastInk(r int) int {
	for r--; r >= 0 && sh.isSpace(r); r-- {
	}
	return r
}

// cost weighs a break that is allowed before rune r.
func (sh *shaped) cost(r int) int64 {
	if sh.runes[r-1] == softHyphen {
		return costSoftHyphen
	}
	last := sh.lastInk(r)
	if last < 0 {
		return 0
	}
	if !sh.isSpace(r - 1) {
		switch {
		case sh.joinsNumber(r):
			return costGlue
		case sh.pauses(last):
			return gainPause
		}
		return 0
	}
	word, next := sh.wordBefore(r), sh.wordAfter(r)
	if cost := sh.numberCost(word, next, last+1-len([]rune(word))); cost != 0 {
		return cost
	}
	return sh.wordCost(word, next, last)
}

// wordCost weighs the white space between two words by their sense. The first ends at rune last.
func (sh *shaped) wordCost(word, next string, last int) int64 {
	own, ok := vocabularies[sh.lang]
	if !ok {
		own = vocabularies["en"]
	}
	small := strings.ToLower(strings.TrimLeft(word, quotes+"(["))
	switch {
	case determiners[word]:
		return costGlue
	case titles[small] || isInitial(small), own.leaning[small], own.trailing[plain(next)]:
		return costFunction
	case isAbbreviation(small):
		return 0
	case sh.pauses(last):
		return gainPause
	case own.conjunctions[plain(next)]:
		return gainJoin
	}
	return 0
}

// pauses reports punctuation after which a reader pauses.
func (sh *shaped) pauses(at int) bool {
	r := sh.runes[at]
	return strings.ContainsRune(",.;:!?…、。，：；！？—·」』", r) || strings.ContainsRune("“”»«", r) && sh.facing(at) == closes
}

// isInitial reports the first letter of a name: "J.".
func isInitial(word string) bool {
	runes := []rune(word)
	return len(runes) == 2 && runes[1] == '.' && unicode.IsLetter(runes[0])
}

// isAbbreviation reports letters with full stops between them: "U.S.".
func isAbbreviation(word string) bool {
	inner, ok := strings.CutSuffix(word, ".")
	return ok && strings.ContainsRune(inner, '.')
}

type kind uint8

const (
	other kind = iota
	kanji
	hiragana
	katakana
)

func kindOf(r rune) kind {
	switch {
	case unicode.Is(unicode.Han, r):
		return kanji
	case unicode.Is(unicode.Hiragana, r):
		return hiragana
	case unicode.Is(unicode.Katakana, r) || r == 'ー':
		return katakana
	}
	return other
}

// wordBefore is the word that ends before the white space before rune r.
func (sh *shaped) wordBefore(r int) string {
	end := sh.lastInk(r) + 1
	start := end
	for start > 0 && !sh.isSpace(start-1) {
		start--
	}
	return string(sh.runes[start:end])
}

// wordAfter is the word that begins at rune r.
func (sh *shaped) wordAfter(r int) string {
	end := r
	for end < len(sh.runes) && !sh.isSpace(end) {
		end++
	}
	return string(sh.runes[r:end])
}
