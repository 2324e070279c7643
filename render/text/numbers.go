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
	return r > 1 && unicode.IsDigit(sh.runes[r-2]) && (numeral || strings.ContainsRune(dashes+"月", before))
}

// isSquared reports whether r is a unit in one character, such as ㎡ and ℃.
func isSquared(r rune) bool { return r >= 0x2100 && r <= 0x214f || r >= 0x3300 && r <= 0x33ff }

// numberCost returns the cost of a break at the white space between two words of which one may be a number.
func (sh *shaped) numberCost(word, next string, before int) int64 {
	number, figure := endsInNumber(word), beginsWithDigit(next)
	switch {
	case number && (isUnit(next) || months[plain(next)]),
		isMagnitude(word) && isUnit(next) && endsInNumber(sh.wordBefore(before)),
		figure && (numbered[plain(word)] || months[plain(word)] || currencies[word]),
		figure && number && strings.ContainsRune(numerals, lastRune(word)), // 1만 2천
		figure && hasNumber(word) && strings.HasSuffix(word, "월"):
		return costGlue
	case number && countsAny[sh.lang] && unicode.IsLetter(firstRune(next)) &&
		!isYear(word) && !isName(sh.wordBefore(before)):
		return costCounted
	case figure && hasNumber(word) && strings.HasSuffix(word, "년"), // 2026년 11월
		figure && sh.isSurelyName(word):
		return costNumbered
	case figure && isName(word):
		return costFunction
	}
	return 0
}

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

// numbered are words before their number.
var numbered = set("no", "nº", "n°", "№", "nr", "núm", "num", "§", "art", "vol", "제", "약", "총", "연", "top")

var currencies = set("$", "€", "£", "¥", "₩", "USD", "EUR", "KRW", "JPY", "GBP", "CHF", "US$", "Rs", "Rs.", "₹")

// months are before or after the number of their day.
var months = set(
	"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
	"january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
	"november", "december",
	"januar", "februar", "märz", "mai", "juni", "juli", "oktober", "dezember",
	"janvier", "février", "mars", "avril", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
	"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря",
)

// magnitudes follow a number, and a unit may follow them.
var magnitudes = set(
	"thousand", "million", "billion", "trillion", "bn", "mn", "tn", "tausend", "millionen", "milliarden", "mio", "mrd",
	"millions", "milliard", "milliards", "millones", "milhões", "bilhões", "тыс", "млн", "млрд", "трлн",
	"nghìn", "triệu", "tỷ", "हज़ार", "लाख", "करोड़", "ألف", "مليون", "مليار", "אלף", "מיליון", "מיליארד", "만", "억", "조",
)

// units follow a number after a space.
var units = set(
	"%", "°c", "°f", "°", "℃", "m", "km", "cm", "mm", "kg", "g", "t", "mph", "km/h", "kmh", "ha", "gw", "mw",
	"kw", "gb", "tb",
	"percent", "per", "points", "won", "dollars", "euros", "euro", "yen", "pounds", "years", "year", "days", "day",
	"hours", "hour", "minutes", "seconds", "weeks", "months", "miles", "tonnes", "tons", "people", "am", "pm",
	"a.m", "p.m",
	"prozent", "grad", "uhr", "minuten", "stunden", "tonnen", "meter", "menschen", "jahre", "jahren", "tage", "tagen",
	"ans", "jours", "heures", "años", "días", "horas", "anos", "dias",
	"руб", "рублей", "человек", "лет", "процентов", "градусов", "đồng", "người", "năm", "ngày",
	"रुपये", "प्रतिशत", "लोग", "دولار", "يوما", "عاما", "شخصا", "שקל", "שקלים", "אחוז", "אחוזים", "שנה", "שנים",
)

var thaiUnits = []string{"ล้าน", "พันล้าน", "แสน", "หมื่น", "บาท", "คน", "ปี", "วัน", "ราย", "เปอร์เซ็นต์", "กิโลเมตร"}

// koreanUnits follow a number, after a space or without one.
var koreanUnits = set(
	"명", "원", "개", "건", "곳", "년", "월", "일", "시", "분", "초", "배", "번", "차", "위", "대", "채", "척", "마리", "권", "장", "살",
	"세", "층", "동",
	"회", "호", "석", "표", "골", "점", "승", "패", "연승", "연패", "주", "주년", "주일", "개월", "개국", "시간", "가구", "가지", "달러",
	"엔", "유로", "위안",
	"만", "억", "조", "천", "만원", "억원", "조원", "천원", "만명", "퍼센트", "포인트", "킬로미터", "미터", "톤", "그램",
)

// particles follow a noun.
var particles = set(
	"이", "가", "은", "는", "을", "를", "의", "에", "에서", "에게", "으로", "로", "도", "만", "와", "과", "까지", "부터", "씩", "여", "간",
	"째", "대", "꼴",
	"이상", "이하", "미만", "안팎", "가량", "정도", "넘게", "이다", "이나", "나", "라는", "라고", "이라는", "이라고", "보다", "처럼", "마다", "조차", "밖에",
)
