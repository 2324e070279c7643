package text

import (
	"slices"
	"strings"
	"unicode"
)

// Guess returns the language of a text that comes without one, as LanguageOf detects it, and whether there is little
// doubt about it. A text without letters is no reason for doubt.
func Guess(s string) (tag string, sure bool) {
	runes := oneParagraph(s)
	tag = tagOf("", runes)
	counts := countLetters(runes)
	if !slices.ContainsFunc(runes, unicode.IsLetter) {
		return tag, true
	}
	has := func(letters string) bool {
		return slices.ContainsFunc(runes, func(r rune) bool { return strings.ContainsRune(letters, r) })
	}
	switch languageOf(tag) {
	case "ko", "ja":
		return tag, true
	case "zh":
		return tag, has(chineseOnly)
	case "ru":
		return tag, has("ыэёЫЭЁ") // Bulgarian and Macedonian have none of them
	case "ar":
		return tag, has("ةيك") // Persian, Urdu and Pashto write other letters for them
	case "hi":
		return tag, slices.ContainsFunc(wordsOf(runes), func(w string) bool { return hindiWords[w] })
	}
	if counts.latin > 0 && counts.latin >= slices.Max(counts.others) {
		return tag, isSureOfLatin(tag, runes)
	}
	return tag, true
}

// hindiWords are short words of Hindi that Marathi and Nepali do not have.
var hindiWords = set("है", "हैं", "में", "के", "की", "का", "से", "को", "पर", "ने", "और", "नहीं", "गए", "गया")

// isSureOfLatin reports whether more short words of the text are of the language than of any other. Letters of a
// language's own are enough if no short word is of another.
func isSureOfLatin(lang string, runes []rune) bool {
	words := wordsOf(runes)
	own, others := scoreOf(lang, words), 0
	for other := range vocabularies {
		if other != lang {
			others = max(others, scoreOf(other, words))
		}
	}
	return own > others || others == 0 && lang != "en"
}

// chineseOnly are frequent characters of Chinese that Japanese does not have or writes in another form.
const chineseOnly = "们时对发开关为这说长东车门问间电话见经过还进动业亿陆总统选举议员备岁让应权场风队轮务马战变钱银" +
	"們來國會學對發關這說經還區點萬灣臺黨總舉讓將從應當權數據體戰爭變價錢"
