package page

import (
	"strings"
	"unicode/utf8"

	"newsroom.example/cards/internal/lazyregexp"
)

// surnames are the first syllables of nearly all Korean names.
const surnames = "강고곽구권금김길나남노도류마맹명문민박방배백변봉서석선설성소손송신심안양엄여염오옥왕우원위유육윤은이인임장전정제조주지진차채천최추탁태편표피하한함허현홍황"

// longSurnames are those of two syllables.
var longSurnames = []string{"남궁", "독고", "사공", "선우", "제갈", "황보"}

var koreanSyllables = lazyregexp.New(`^[가-힣]+$`)

// isPerson reports whether s can be the full name of a Korean.
func isPerson(s string) bool {
	if !koreanSyllables().MatchString(s) {
		return false
	}
	for _, long := range longSurnames {
		if rest, ok := strings.CutPrefix(s, long); ok && utf8.RuneCountInString(rest) <= 2 {
			return rest != ""
		}
	}
	first, _ := utf8.DecodeRuneInString(s)
	return utf8.RuneCountInString(s) == 3 && strings.ContainsRune(surnames, first)
}

// reporter matches the name and the title of a reporter.
var reporter = lazyregexp.New(`^(?:.+?[\s=·,/])??([가-힣]{2,4}?)\s?(?:선임|사진|인턴|수습|객원|영상|전문)?\s?(?:기자|특파원)$`)

// isReporter reports whether a text is a reporter, such as "홍길동 기자", with the newspaper or the place before it. Other
// words before the name make it a sentence about a reporter.
func isReporter(c credits, s string) bool {
	m := reporter().FindStringSubmatchIndex(s)
	if m == nil || !isPerson(s[m[2]:m[3]]) {
		return false
	}
	before := strings.TrimRight(s[:m[2]], " ·,/=")
	return before == "" || isPerson(before) || c.isHouseOrAgency(before) ||
		strings.HasSuffix(s[:m[2]], "=") && !strings.Contains(before, " ")
}

// isKoreanName reports whether a text is certainly a credit: an agency, the newspaper, a reporter, a single word.
func isKoreanName(c credits, s string) bool {
	words := strings.Fields(s)
	return isAgencyOnly(c, s) || isReporter(c, s) ||
		len(words) == 1 && utf8.RuneCountInString(s) <= 12 && !strings.HasSuffix(s, "다")
}

func isAgencyOnly(c credits, s string) bool { return c.isHouseOrAgency(s) || areAgencies(s) }

// isKoreanCredit reports whether a text can follow a label for credits: it has few words and is no sentence.
func isKoreanCredit(_ credits, s string) bool {
	return len(strings.Fields(s)) <= 6 && utf8.RuneCountInString(s) <= 40 && hasWord(s) && !strings.HasSuffix(s, "다") &&
		lastSentence(s) == 0
}
