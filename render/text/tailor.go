package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// forbidden reports whether the rules of this package forbid a break.
func (sh *shaped) forbidden(r int) bool {
	before, after := sh.runes[r-1], sh.runes[r]
	if sh.facing(r) == closes || before == '#' || before == '@' || before == '/' && r > 1 && sh.runes[r-2] == '/' {
		return true
	}
	if last := sh.lastInk(r); last >= 0 && sh.facing(last) == opens {
		return true
	}
	if unicode.IsSpace(before) {
		return sh.groupsDigits(r) || sh.beforeDash(r) || sh.afterSpeechDash(r)
	}
	if sh.afterCount(r) {
		return false
	}
	pause := strings.ContainsRune("…—", before)
	if sh.lang == "ko" {
		return !pause || sh.particleAt(r)
	}
	return !pause && hangulWord(before, after)
}

// hangulWord reports whether the place is inside a word with Hangul, in text of any language. Digits and Latin
// letters belong to such a word, Hanzi and kana do not.
func hangulWord(before, after rune) bool {
	b, a := unicode.Is(unicode.Hangul, before), unicode.Is(unicode.Hangul, after)
	return (a || b) && !(kindOf(before) != other || kindOf(after) != other)
}

// particleAt reports whether a particle, or one syllable, reaches up to the next white space.
func (sh *shaped) particleAt(r int) bool {
	word := plain(sh.wordAfter(r))
	return len([]rune(word)) <= 1 || particles[word]
}

// lastInk returns the index of the last character before r that is not white space, or -1.
func (sh *shaped) lastInk(r int) int {
	for r--; r >= 0 && sh.isSpace(r); r-- {
	}
	return r
}

// cost returns the cost of an allowed break before rune r.
func (sh *shaped) cost(r int) int64 {
	if sh.runes[r-1] == softHyphen {
		return costSoftHyphen
	}
	last := sh.lastInk(r)
	if last < 0 {
		return 0
	}
	if !sh.isSpace(r - 1) {
		return sh.closeCost(r)
	}
	word, next := sh.wordBefore(r), sh.wordAfter(r)
	start := last + 1 - len([]rune(word))
	if sh.isHeld(r) {
		return sh.costHeld()
	}
	if cost := sh.numberCost(word, next, start); cost != 0 {
		return cost
	}
	cost := sh.wordCost(word, next, last)
	if cost < costStranded && sh.strands(word, start) {
		cost = costStranded
	}
	switch {
	case sh.inside != nil:
		return cost + gainSpace
	case cost == 0 && sh.betweenNames(word, next, start):
		return costName
	}
	return cost
}

// closeCost returns the cost of a break before rune r without white space.
func (sh *shaped) closeCost(r int) int64 {
	var cost int64
	switch {
	case sh.joinsNumber(r):
		if sh.inside != nil && sh.inside[r] {
			return costWord
		}
		return costGlue
	case sh.inAddress(r):
		return costGlue
	case sh.insideUnit(r):
		return costUnit
	case isHyphen(sh.runes[r-1]):
		return sh.hyphenCost(r)
	case sh.runes[r-1] == '/':
		return costHyphen
	case sh.pauses(r - 1):
		cost = gainPause
	}
	if sh.inside != nil {
		return sh.wordlessCost(r, cost)
	}
	return cost
}

// wordCost returns the cost of a break at the white space between two words, by their meaning. The first ends at rune
// last.
func (sh *shaped) wordCost(word, next string, last int) int64 {
	own, ok := vocabularies[sh.lang]
	if !ok && !sh.sure {
		own = vocabularies["en"]
	}
	small := strings.ToLower(strings.TrimLeft(word, quotes+"(["))
	switch {
	case determiners[word], sh.lang == "ko" && isAuxiliary(word, next):
		return costGlue
	case own.bound[small], own.leaning[small] && sh.beginsLeaning(own, word, last):
		return sh.costInPhrase()
	case own.trailing[plain(next)]:
		return sh.costInPhrase()
	case own.leaning[small] && !germanic[sh.lang] && utf8.RuneCountInString(small) <= mostShort:
		return costShortFunction
	case titles[small] || isInitial(small), own.leaning[small]:
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

// pauses reports whether r is punctuation after which readers pause.
func (sh *shaped) pauses(at int) bool {
	r := sh.runes[at]
	return strings.ContainsRune(",.;:!?…、。，：；！？—·」』", r) || strings.ContainsRune("“”»«", r) && sh.facing(at) == closes
}

// isInitial reports whether a word is an initial such as "J.".
func isInitial(word string) bool {
	runes := []rune(word)
	return len(runes) == 2 && runes[1] == '.' && unicode.IsLetter(runes[0])
}

// isAbbreviation reports whether a word is letters with full stops, such as "U.S.".
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

// wordBefore returns the word that ends before the white space before rune r.
func (sh *shaped) wordBefore(r int) string {
	end := sh.lastInk(r) + 1
	start := end
	for start > 0 && !sh.isSpace(start-1) {
		start--
	}
	return string(sh.runes[start:end])
}

// wordAfter returns the word that begins at rune r.
func (sh *shaped) wordAfter(r int) string {
	end := r
	for end < len(sh.runes) && !sh.isSpace(end) {
		end++
	}
	return string(sh.runes[r:end])
}
