package text

import (
	"strings"
	"unicode"
)

// A dash between words stays with the words before it, except one that opens speech, which stays with those after it:
// "… over Vestlandet: – Hold dere unna kaiene".

// spacedDashes are the dashes that stand between words.
const spacedDashes = "–—―-−"

// isDash reports whether rune i is a dash with white space, or an end of the text, on both sides.
func (sh *shaped) isDash(i int) bool {
	return i >= 0 && i < len(sh.runes) && strings.ContainsRune(spacedDashes, sh.runes[i]) &&
		(i == 0 || sh.isSpace(i-1)) && (i+1 == len(sh.runes) || sh.isSpace(i+1))
}

// opensSpeech reports whether the dash at rune i opens speech: at the beginning, or after a colon.
func (sh *shaped) opensSpeech(i int) bool {
	before := sh.lastInk(i)
	return before < 0 || strings.ContainsRune(":：", sh.runes[before])
}

// beforeDash reports whether a dash that belongs to the text before it begins at rune r.
func (sh *shaped) beforeDash(r int) bool { return sh.isDash(r) && !sh.opensSpeech(r) }

// afterSpeechDash reports whether the white space before rune r follows a dash that opens speech.
func (sh *shaped) afterSpeechDash(r int) bool {
	last := sh.lastInk(r)
	return sh.isDash(last) && sh.opensSpeech(last)
}

// insideUnit reports whether the place before rune r is after the slash of a short word or unit, such as đồng/lượng, or
// after a hyphen in one that begins with a number, such as 97th-minute. These are as whole as other words.
func (sh *shaped) insideUnit(r int) bool {
	const mostWhole = 14
	slash := sh.runes[r-1] == '/'
	if !slash && !isHyphen(sh.runes[r-1]) {
		return false
	}
	from, to := r, r
	for from > 0 && !sh.isSpace(from-1) {
		from--
	}
	for to < len(sh.runes) && !sh.isSpace(to) {
		to++
	}
	return to-from <= mostWhole && (slash || unicode.IsDigit(sh.runes[from])) && !sh.inAddress(r)
}

// afterCount reports whether rune r follows a point between the items of a list in Korean, of which the one before it
// ends in a number: 찬성 181·반대 108·무효 2.
func (sh *shaped) afterCount(r int) bool {
	return r > 1 && (sh.runes[r-1] == '·' || sh.runes[r-1] == '‧' || sh.runes[r-1] == 'ㆍ') &&
		unicode.IsDigit(sh.runes[r-2]) && unicode.Is(unicode.Hangul, sh.runes[r])
}

// beginsLeaning reports whether a short word that leans on the next, and ends at rune last, begins a clause or follows
// another such word: ": les", "i els".
func (sh *shaped) beginsLeaning(own vocabulary, word string, last int) bool {
	start := last + 1 - len([]rune(word))
	if sh.strands(word, start) {
		return true
	}
	before := strings.ToLower(sh.wordBefore(start))
	return len([]rune(word)) <= mostShort && len([]rune(before)) <= mostShort && own.leaning[before]
}

// mostShort is the most letters of a word that looks lost at the end of a line.
const mostShort = 3

// strands reports whether a short word, which begins at rune start, begins a clause: "герои, мы", "inland, one".
func (sh *shaped) strands(word string, start int) bool {
	letters := []rune(strings.TrimLeft(word, quotes+opening+"¿¡"))
	if len(letters) == 0 || len(letters) > mostShort {
		return false
	}
	for _, r := range letters {
		if !hyphenates(r) {
			return false
		}
	}
	last := sh.lastInk(start)
	return last >= 0 && unicode.IsPunct(sh.runes[last]) && sh.pauses(last)
}
