package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Readers see a number and what belongs to it as one word: "3.5 bn", 2천 명, 第3回, 100㎡, 2–1, No. 5, Nov. 25.

const (
	// numerals follow digits or replace them.
	numerals = "十百千万萬亿億兆십백천만억조"
	// counters follow a number in Chinese and Japanese.
	counters = "元円圓圆人年月日件個个名歳岁時时分秒度階层回次位" + numerals
	// measures stand between a number and what it counts in Chinese.
	measures = "个個碗杯瓶位名座条條只隻张張辆輛艘架件家间間所场場次份本部首句篇层層栋棟台"
	// hanDigits are the digits of Chinese in words.
	hanDigits = "一二三四五六七八九兩两几幾數数半"
	// parts of an amount or a time may be followed by a smaller one (512円32銭).
	parts = "円元角圓圆時时分点點度勝敗胜负"
	// ordinals precede a number in Chinese and Japanese.
	ordinals = "第约約近超逾每毎各全计計"
	// dashes are between numbers, as in a score.
	dashes = "–-−~∼〜～―/:：・×"
)

// joinsNumber reports whether the place before rune r, which has no white space, is inside a number or between a
// number and its counter.
func (sh *shaped) joinsNumber(r int) bool {
	before, after := sh.runes[r-1], sh.runes[r]
	numeral := strings.ContainsRune(numerals, before)
	switch {
	case unicode.IsDigit(before):
		return kindOf(after) != other || isSquared(after)
	case strings.ContainsRune(counters, after):
		return numeral
	case !unicode.IsDigit(after):
		return false
	case strings.ContainsRune(ordinals, before):
		return true
	}
	return r > 1 && unicode.IsDigit(sh.runes[r-2]) && (numeral || strings.ContainsRune(dashes+parts+"月", before))
}

// measured reports whether the place before rune r is between a number with its measure word and what it counts, in
// Chinese: 0.5个百分点, 一碗麵.
func (sh *shaped) measured(r int) bool {
	if sh.lang != "zh" || r < 2 || kindOf(sh.runes[r]) != kanji || !strings.ContainsRune(measures, sh.runes[r-1]) {
		return false
	}
	number := sh.runes[r-2]
	return unicode.IsDigit(number) || strings.ContainsRune(numerals+hanDigits, number)
}

// isSquared reports whether r is a unit in one character, such as ㎡ and ℃.
func isSquared(r rune) bool { return r >= 0x2100 && r <= 0x214f || r >= 0x3300 && r <= 0x33ff }

// numberCost returns the cost of a break at the white space between two words of which one may be a number. The first
// begins at rune before.
func (sh *shaped) numberCost(word, next string, before int) int64 {
	number, figure := endsInNumber(word), beginsWithDigit(next)
	if !number && !figure && !isMagnitude(word) && !isOrdinal(word) && !isMarkedOrdinal(word) {
		if ofMagnitude[word] && isMagnitude(sh.wordBefore(before)) { // 1.300 millones de euros
			return costGlue
		}
		return sh.nameCost(word, next)
	}
	switch {
	case isMarkedOrdinal(word) && unicode.IsLetter(firstRune(next)):
		return costGlue
	case sh.oneNumber(word, next, before, number, figure), figure && sh.ranks(word, next):
		return costGlue
	case number && isMagnitude(next): // 1.300 millones
		return costGlue + costInside
	case number && countsAny[sh.lang] && unicode.IsLetter(firstRune(next)) &&
		!isYear(word) && !isName(sh.wordBefore(before)):
		return costCounted
	case figure && hasNumber(word) && strings.HasSuffix(word, "년"), // 2026년 11월
		figure && sh.isSurelyName(word),
		number && models[plain(next)],
		isMagnitude(word) && ofMagnitude[next] && endsInNumber(sh.wordBefore(before)): // 3 millones de euros
		return costNumbered
	case figure && isName(word), number && sh.counts(word, next, before):
		return costFunction
	}
	return 0
}

// oneNumber reports whether both words are parts of one number, with its unit or name. number is whether the first ends
// in a number, figure whether the second begins with a digit.
func (sh *shaped) oneNumber(word, next string, before int, number, figure bool) bool {
	switch {
	case number && isUnit(next), (number || isOrdinal(word)) && months[plain(next)],
		(number || isMagnitude(word)) && currencies[strings.TrimRight(next, ",.;:!?")],
		isMagnitude(word) && (isUnit(next) || figure) && endsInNumber(sh.wordBefore(before)):
		return true
	case !figure:
		return false
	}
	return numbered[plain(word)] || months[plain(word)] || currencies[word] ||
		number && strings.ContainsRune(numerals, lastRune(word)) || // 1만 2천
		hasNumber(word) && strings.HasSuffix(word, "월")
}

// counts reports whether a number probably counts the word after it: 26 zetels, 96 korban.
func (sh *shaped) counts(word, next string, before int) bool {
	return unicode.IsLower(firstRune(next)) && !isYear(word) && !hasLetter(word) && !isName(sh.wordBefore(before))
}

// isOrdinal reports whether a word is a number with a full stop, as before a month: 14. Dezember.
func isOrdinal(word string) bool {
	digits, ok := strings.CutSuffix(word, ".")
	return ok && len(digits) > 0 && len(digits) < 3 && unicode.IsDigit(lastRune(digits))
}

// isMarkedOrdinal reports whether a word is an ordinal number in figures: 11.ª, 3º, 97th, 2e.
func isMarkedOrdinal(word string) bool {
	rest := strings.TrimLeftFunc(word, unicode.IsDigit)
	return rest != word && ordinalMarks[strings.TrimPrefix(rest, ".")]
}

// ordinalMarks are the endings of ordinal numbers.
var ordinalMarks = set("ª", "º", "th", "st", "nd", "rd", "er", "ère", "re", "e", "è", "ème", "de")

// ofMagnitude are the words between a large number and what it counts.
var ofMagnitude = set("de", "di", "d’", "d'")

func hasLetter(word string) bool { return strings.ContainsFunc(word, unicode.IsLetter) }

// countsAny are languages in which the word after a number is usually what it counts.
var countsAny = set("ar", "fa", "he", "ur")

// endsInNumber reports whether a word ends in a number, such as "5", "$3.5", "2천", "10여" and "수십".
func endsInNumber(word string) bool {
	figures := strings.TrimRight(word, numerals+"여")
	last := lastRune(figures)
	return unicode.IsDigit(last) || figures != word && (figures == "수" || figures == "몇")
}

func hasNumber(word string) bool { return strings.ContainsFunc(word, unicode.IsDigit) }

func beginsWithDigit(word string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(word, "$€£¥₩"))
	return unicode.IsDigit(r)
}

// isYear reports whether a word is a number of four digits that may be a year of this century or the last,
// possibly after a preposition.
func isYear(word string) bool {
	digits := strings.TrimLeftFunc(word, func(r rune) bool { return !unicode.IsDigit(r) })
	return utf8.RuneCountInString(digits) == 4 && hasPrefixOf(digits, centuries)
}

// centuries are in European, Arabic and Persian digits.
var centuries = []string{"19", "20", "١٩", "٢٠", "۱۹", "۲۰", "۱۳", "۱۴"}

func firstRune(word string) rune {
	r, _ := utf8.DecodeRuneInString(word)
	return r
}

func lastRune(word string) rune {
	r, _ := utf8.DecodeLastRuneInString(word)
	return r
}

// isName reports whether a word has a capital letter, such as iPhone: a number after such a word is usually part of a
// name.
func isName(word string) bool {
	return len(word) > 1 && unicode.IsLetter(lastRune(word)) && strings.ContainsFunc(word, unicode.IsUpper)
}

// isSurelyName reports whether a word is a name, and not just capitalized in a headline: iPhone, or a Latin word
// in text of another script.
func (sh *shaped) isSurelyName(word string) bool {
	if !isName(word) || !unicode.Is(unicode.Latin, lastRune(word)) {
		return false
	}
	_, size := utf8.DecodeRuneInString(word)
	return sh.script != byScript[0].metrics ||
		strings.ContainsFunc(word[size:], unicode.IsUpper) && strings.ContainsFunc(word, unicode.IsLower)
}

func isMagnitude(word string) bool { return magnitudes[plain(word)] }

// isUnit reports whether a word is a unit or counter, in Korean also with a particle.
func isUnit(word string) bool {
	word = plain(word)
	if units[word] || magnitudes[word] {
		return true
	}
	if one, _, of := strings.Cut(word, "/"); of && units[one] { // đồng/lượng
		return true
	}
	if len(word) > 2 && word[0] == 'd' && (word[1] == '\'' || strings.HasPrefix(word[1:], "’")) {
		return units[strings.TrimLeft(word[1:], "'’")] // d’euros
	}
	runes := []rune(word)
	if len(runes) == 0 {
		return false
	}
	if unicode.Is(unicode.Thai, runes[0]) {
		return hasPrefixOf(word, thaiUnits)
	}
	for n := 1; n <= min(4, len(runes)) && unicode.Is(unicode.Hangul, runes[0]); n++ {
		if koreanUnits[string(runes[:n])] && (n == len(runes) || particles[string(runes[n:])]) {
			return true
		}
	}
	return false
}

func hasPrefixOf(word string, prefixes []string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(word, p) {
			return true
		}
	}
	return false
}

// plain returns a word in lower case without the punctuation around it.
func plain(word string) string {
	return strings.ToLower(strings.Trim(word, `"'“”‘’«»()[],.;:!?…`))
}
