package text

import (
	"strings"
	"unicode"

	"newsroom.example/cards/render/text/phrase"
	"newsroom.example/cards/render/text/wordlist"
)

// Chinese, Japanese, Thai, Lao, Khmer and Burmese are written without spaces between words. Two sources say where
// words begin: package phrase, whose joints are where readers pause, but which takes unknown words for phrases; and
// package wordlist, which knows the words, but not which of them belong together. A line ends best where both agree.

// findWords finds the joints and words of the text, if its language has no spaces. Korean text breaks between words,
// even if it quotes other languages.
func (sh *shaped) findWords() {
	language, cjk := "", false
	switch sh.lang {
	case "ja":
		language, cjk = sh.lang, true
	case "zh":
		language, cjk = chineseScript(sh.tag), true
	}
	if !cjk {
		if !wordlist.Unspaced(sh.runes) {
			return
		}
		language = "th"
	}
	sh.joints, sh.inside = phrase.Joints(language, sh.runes), wordlist.Inside(sh.runes, cjk)
	if !cjk {
		sh.holdWords()
	}
}

// betweenWords reports whether a word of Thai, Lao, Khmer or Burmese begins at rune r, after another one. Annex #14
// leaves these to word lists.
func (sh *shaped) betweenWords(r int) bool {
	return sh.inside != nil && !sh.inside[r] && wordlist.IsUnspaced(sh.runes[r-1]) && wordlist.IsUnspaced(sh.runes[r])
}

// wordlessCost returns the cost of a break without a space, in text of a language without spaces, which would have
// the given cost in any other.
func (sh *shaped) wordlessCost(r int, cost int64) int64 {
	before, after := sh.runes[r-1], sh.runes[r]
	switch {
	case wordlist.IsUnspaced(after):
		return cost + sh.costOfWord(r)
	case sh.facing(r-1) == closes && unicode.Is(unicode.Hiragana, after) && !strings.ContainsRune("、。，！？!?…", before):
		return costGlue // a particle after a name in brackets
	case cost < 0 || kindOf(before) == other && kindOf(after) == other:
		return cost
	case sh.inside[r]:
		return costWord
	case sh.isHeld(r), sh.measured(r):
		return sh.costHeld()
	case !sh.joints[r] && (kindOf(after) != other || unicode.IsDigit(after)):
		return cost + sh.costInPhrase()
	case !sh.joints[r]:
		return cost + costInPhrase
	case sh.lang == "zh":
		return cost + sh.costOfHan(r)
	}
	return cost
}

// costInPhrase returns the cost of a break inside a phrase. Headlines keep phrases whole, like words; in other text
// even lines matter more than whole phrases.
func (sh *shaped) costInPhrase() int64 {
	if sh.style.Display {
		return costPhrase
	}
	return costInPhrase
}

// costOfHan returns the cost of a break between two words of Chinese, at a joint.
func (sh *shaped) costOfHan(r int) int64 {
	alone := func(i int) bool {
		return !sh.inside[i] && (i+1 == len(sh.runes) || !sh.inside[i+1]) && kindOf(sh.runes[i]) == kanji
	}
	last, first := alone(r-1), alone(r)
	switch {
	case first && strings.ContainsRune(hanTrailing, sh.runes[r]):
		return costParticle
	case last && strings.ContainsRune(hanLeaning, sh.runes[r-1]):
		return costFunction
	case last && first && !strings.ContainsRune(hanLeaning, sh.runes[r]):
		return sh.costInPhrase() // characters of a name that no list has
	}
	return 0
}

// Chinese words of one character: those that belong to the word before them, and to the word after them.
const (
	hanTrailing = "的了着著过過们們吗嗎呢吧者人州部会會员員党黨院省市县縣国國率性化式型类類界区區站厂廠局署长長队隊级級" +
		"起名个個元年月日时時后後前中内內间間"
	hanLeaning = "在与與和及将將把被对對向从從为為于於至以并並或由让讓令是就已未不不再仍将正拟擬获獲遭称稱因"
)

// costOfWord returns the cost of a break at which a word of Thai, Lao, Khmer or Burmese begins.
func (sh *shaped) costOfWord(r int) int64 {
	switch {
	case sh.inside[r] || !wordlist.IsUnspaced(sh.runes[r-1]):
		return 0
	case sh.isHeld(r):
		return sh.costHeld()
	case unicode.Is(unicode.Thai, sh.runes[r]) && !sh.joints[r]:
		return costThaiWord
	}
	return costThaiJoint
}
