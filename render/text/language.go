package text

import (
	"slices"
	"strings"
	"unicode"
)

// tagOf returns the tag or, if it is empty, one that is detected from the text: from its script and, if several
// languages share it, from letters and short words that only a few of them have.
func tagOf(tag string, runes []rune) string {
	if tag != "" {
		return tag
	}
	counts := countLetters(runes)
	switch {
	case counts.hangul > 0 && counts.hangul >= counts.kana && !counts.mostlyLatin(runes):
		return "ko"
	case counts.kana > 0:
		return "ja"
	}
	most, n := "", 0
	for i, s := range scriptLanguages {
		if counts.others[i] > n {
			most, n = s.lang, counts.others[i]
		}
	}
	if han := counts.han * 2; han > n && han > counts.latin {
		return chineseOf(runes)
	}
	if n > counts.latin {
		return ownLetters(most, runes)
	}
	return latinLanguage(runes)
}

// languageOf returns the primary subtag of a tag, or "zh" for all languages that are written like Chinese.
func languageOf(tag string) string {
	primary, _, _ := strings.Cut(strings.ToLower(tag), "-")
	switch primary {
	case "cmn", "yue", "wuu", "hak", "nan", "lzh":
		return "zh"
	case "iw":
		return "he"
	}
	return primary
}

// letters counts the letters of a text by script.
type letters struct {
	hangul, kana, han, latin int
	others                   []int // by row of scriptLanguages
}

func countLetters(runes []rune) letters {
	c := letters{others: make([]int, len(scriptLanguages))}
	for _, r := range runes {
		switch {
		case r < 0x370:
			if unicode.Is(unicode.Latin, r) {
				c.latin++
			}
		case unicode.Is(unicode.Hangul, r):
			c.hangul++
		case unicode.In(r, unicode.Hiragana, unicode.Katakana):
			c.kana++
		case unicode.Is(unicode.Han, r):
			c.han++
		case unicode.Is(unicode.Latin, r): // Vietnamese, full-width forms
			c.latin++
		default:
			for i := range scriptLanguages {
				if unicode.Is(scriptLanguages[i].table, r) {
					c.others[i]++
					break
				}
			}
		}
	}
	return c
}

// mostlyLatin reports whether the text only quotes Korean words. Korean headlines may have many Latin names, but
// no short English words.
func (c letters) mostlyLatin(runes []rune) bool {
	return c.latin > 3*c.hangul && scoreOf("en", wordsOf(runes)) > 0
}

// scriptLanguages are the most common languages of the scripts.
var scriptLanguages = []struct {
	table *unicode.RangeTable
	lang  string
}{
	{unicode.Arabic, "ar"}, {unicode.Hebrew, "he"}, {unicode.Devanagari, "hi"}, {unicode.Thai, "th"},
	{unicode.Cyrillic, "ru"},
	{unicode.Bengali, "bn"}, {unicode.Tamil, "ta"}, {unicode.Telugu, "te"}, {unicode.Gujarati, "gu"},
	{unicode.Gurmukhi, "pa"},
	{unicode.Kannada, "kn"}, {unicode.Malayalam, "ml"}, {unicode.Sinhala, "si"}, {unicode.Oriya, "or"},
	{unicode.Lao, "lo"},
	{unicode.Khmer, "km"}, {unicode.Myanmar, "my"}, {unicode.Ethiopic, "am"}, {unicode.Georgian, "ka"},
	{unicode.Armenian, "hy"},
	{unicode.Greek, "el"}, {unicode.Thaana, "dv"},
}

// lettersOf are letters of a language that the most common language of its script does not have.
var lettersOf = []struct{ script, lang, letters string }{
	{"ar", "ur", "ٹڈڑںےہ"}, {"ar", "fa", "پچژگکی"},
	{"ru", "uk", "іїєґІЇЄҐ"}, {"ru", "sr", "ђћљњџЂЋЉЊЏ"}, {"ru", "kk", "әғқңұһӘҒҚҢҰҺ"},
	{"", "vi", "ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹĂĐƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"},
	{"", "pl", "ąęłńśźżŁŚŻ"}, {"", "tr", "ğışİĞŞ"}, {"", "de", "ß"}, {"", "es", "ñ¿¡"}, {"", "pt", "ãõ"},
}

// ownLetters returns the language whose own letters the text has, else the given one.
func ownLetters(lang string, runes []rune) string {
	script := lang
	if lang == "en" {
		script = ""
	}
	for _, row := range lettersOf {
		own := func(r rune) bool { return r >= 0x80 && strings.ContainsRune(row.letters, r) } // none is ASCII
		if row.script == script && slices.ContainsFunc(runes, own) {
			return row.lang
		}
	}
	return lang
}

// latinLanguage returns the language with the most short words in the text or, if none has more than English,
// the one whose own letters the text has.
func latinLanguage(runes []rune) string {
	words := wordsOf(runes)
	best, most := "en", scoreOf("en", words)
	for _, lang := range []string{"de", "fr", "es", "pt", "it", "nl"} {
		if n := scoreOf(lang, words); n > most {
			best, most = lang, n
		}
	}
	if own := ownLetters("en", runes); own == "vi" || best == "en" {
		return own
	}
	return best
}

func wordsOf(runes []rune) []string { return strings.Fields(strings.ToLower(string(runes))) }

func scoreOf(lang string, words []string) int {
	n, small := 0, vocabularies[lang].leaning
	for _, w := range words {
		if small[w] {
			n++
		}
	}
	return n
}

// Frequent characters that are only simplified, or only traditional, Chinese.
const (
	traditionalOnly = "們個來時國會學對發開關與為這說長東車門問間電話見經過還進動無業區後點萬億陸灣臺黨總統選舉議員準備歲讓將從應當權數據機場風災員總隊輪務馬體戰爭變價錢銀"
	simplifiedOnly  = "们个来时国会学对发开关与为这说长东车门问间电话见经过还进动无业区后点万亿陆湾党总统选举议员准备岁让将从应当权数据机场风灾员总队轮务马体战争变价钱银"
)

// chineseOf distinguishes simplified from traditional Chinese by characters that only one of them has.
func chineseOf(runes []rune) string {
	balance := 0
	for _, r := range runes {
		if strings.ContainsRune(traditionalOnly, r) {
			balance++
		}
		if strings.ContainsRune(simplifiedOnly, r) {
			balance--
		}
	}
	if balance > 0 {
		return "zh-Hant"
	}
	return "zh"
}

// shapingLanguage returns the tag that selects a font's regional forms.
func shapingLanguage(tag string) string {
	if languageOf(tag) == "zh" {
		return chineseScript(tag)
	}
	return tag
}

// chineseScript returns "zh-hant" for a tag with a region, script or language that uses traditional characters,
// else "zh-hans" (the likely subtags of CLDR).
func chineseScript(tag string) string {
	script := "zh-hans"
	for part := range strings.SplitSeq(strings.ToLower(tag), "-") {
		switch part {
		case "hans":
			return "zh-hans"
		case "hant", "tw", "hk", "mo", "yue", "nan", "lzh":
			script = "zh-hant"
		}
	}
	return script
}
