package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// nameCost returns the cost of a break at the white space between two words without numbers, of which the second may
// continue the name of the first.
func (sh *shaped) nameCost(word, next string) int64 {
	if sh.lang != "ko" {
		return 0
	}
	if isHanja(word) || isModel(next) && (isModel(word) || endsInNumber(word)) { // 美 트럼프, 프로 맥스
		return costNumbered
	}
	return 0
}

// isModel reports whether a word is one of models.
func isModel(word string) bool {
	switch firstRune(word) {
	case '프', '맥', '울', '플', '미', '에':
		return models[plain(word)]
	}
	return false
}

// isHanja reports whether a word is one Hanja, which stands for a country, a party or an office.
func isHanja(word string) bool {
	r, size := firstLetter(word)
	return size == len(word) && r >= 0x2e80 && !isSyllable(r) && kindOf(r) == kanji
}

// firstLetter returns the first rune of a word after quotation marks, and the number of bytes up to its end.
func firstLetter(word string) (rune, int) {
	at := 0
	for {
		r, size := utf8.DecodeRuneInString(word[at:])
		if at += size; size == 0 || !isQuote(r) {
			return r, at
		}
	}
}

// isRank reports whether a word is a number alone (무효 2), or one with a counter that follows names (누리호 3호).
func isRank(word string) bool {
	word, _, _ = strings.Cut(plain(word), "·") // of a list: 108·무효
	counter := strings.TrimLeftFunc(word, func(r rune) bool { return unicode.IsDigit(r) || r == ',' || r == '.' })
	if counter == word {
		return false
	}
	for _, c := range []string{"호", "호기", "호선", "단지", "편", "탄", "세대"} {
		if rest, ok := strings.CutPrefix(counter, c); ok && (rest == "" || particles[rest]) {
			return true
		}
	}
	return counter == ""
}

// ranks reports whether a word of Korean is followed by its number: 찬성 181.
func (sh *shaped) ranks(word, next string) bool {
	return sh.lang == "ko" && isRank(next) && endsInHangul(word)
}

func endsInHangul(word string) bool { return unicode.Is(unicode.Hangul, lastRune(word)) }

// betweenNames reports whether both words seem to be parts of a name: both have a capital, which the language gives to
// names alone, and the text to few other words. The first begins at rune start.
func (sh *shaped) betweenNames(word, next string, start int) bool {
	return start > 0 && sh.lang != "de" && capitalized(word) && capitalized(next) && unicode.IsLetter(lastRune(word)) &&
		sh.isSentence()
}

// capitalized reports whether a word has a capital, then a small letter.
func capitalized(word string) bool {
	r, at := firstLetter(word)
	return unicode.IsUpper(r) && unicode.IsLower(firstRune(word[at:]))
}

// isSentence reports whether at least as many words of the text begin with a small letter as with a capital, which in
// headlines with capitals throughout they do not.
func (sh *shaped) isSentence() bool {
	if sh.sentence == 0 {
		balance := 0
		for i, r := range sh.runes {
			if i > 0 && !sh.isSpace(i-1) {
				continue
			}
			switch {
			case unicode.IsLower(r):
				balance++
			case unicode.IsUpper(r):
				balance--
			}
		}
		if sh.sentence = 1; balance < 0 {
			sh.sentence = 2
		}
	}
	return sh.sentence == 1
}
