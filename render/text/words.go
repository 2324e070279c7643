package text

import "unicode"

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}

// functionWords lean on the word that follows them: a line that ends in one reads badly.
var functionWords = set(
	"a", "an", "the", "of", "to", "in", "on", "at", "for", "by", "with", "from", "as", "and", "or", "but", "nor",
	"is", "are", "was", "were", "be", "not", "no", "its", "his", "her", "their", "our", "my", "your", "than", "into",
	"over", "under", "after", "before", "between", "amid", "per", "vs", "via", "mr", "mrs", "ms", "dr", "st", "u.s.",
	"der", "die", "das", "ein", "eine", "und", "oder", "zu", "im", "am", "von", "mit", "für", "auf", "bei",
	"le", "la", "les", "un", "une", "des", "de", "du", "et", "ou", "à", "en", "au", "aux", "pour", "par", "sur",
	"el", "los", "las", "una", "y", "o", "del", "al", "con", "por", "para", "se",
	"и", "в", "во", "на", "с", "со", "к", "о", "об", "от", "до", "из", "у", "за", "по", "не",
)

// conjunctions begin a clause: a line begins well with one.
var conjunctions = set(
	"and", "but", "or", "as", "while", "after", "before", "amid", "because", "though", "although", "despite", "when", "where", "which", "who",
	"und", "aber", "doch", "weil", "während", "et", "mais", "quand", "y", "pero", "mientras", "и", "а", "но", "когда",
	"및", "그리고", "하지만", "그러나",
)

// determiners are Korean words of one or two syllables that belong to the noun after them.
var determiners = set(
	"한", "두", "세", "네", "다섯", "여섯", "단", "첫", "이", "그", "저", "각", "매", "전", "총", "약", "제", "새", "옛",
	"모든", "어떤", "무슨", "이런", "그런", "저런", "몇", "여러", "및", "또", "더", "안", "못", "왜", "큰", "신", "구",
)

// counters follow a number in Chinese and Japanese.
const counters = "元円圓圆人年月日件個个名歳岁時时分秒度階层回次位万萬亿億兆"

// units follow a number after a space.
var units = set(
	"%", "°c", "°", "bn", "mn", "tn", "m", "km", "cm", "mm", "kg", "g", "t", "million", "billion", "trillion", "thousand",
	"percent", "per", "won", "dollars", "euros", "yen", "years", "year", "days", "day", "hours", "hour", "am", "pm", "a.m", "p.m",
	"명", "명이", "명의", "명은", "명을", "원", "개", "건", "곳", "년", "월", "일", "시", "분", "달러", "엔", "조원", "억원", "만원", "만", "억", "조",
	"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)

func endsInDigit(word string) bool {
	r := []rune(word)
	return len(r) > 0 && unicode.IsDigit(r[len(r)-1])
}

// isCurrency reports a sign or code that stands before its number.
func isCurrency(word string) bool {
	return currencies[word]
}

var currencies = set("$", "€", "£", "¥", "₩", "USD", "EUR", "KRW", "No.", "제")
