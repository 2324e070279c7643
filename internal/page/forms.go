package page

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsroom.example/cards/internal/lazyregexp"
)

// maxCredit is the maximum length of a credit that is part of a caption, in code points. A longer text is a sentence.
const maxCredit = 80

// credits reads credits on the pages of a newspaper.
type credits struct{ site string }

// creditForm is a form of a credit.
type creditForm struct {
	at      place
	pattern lazyregexp.Regexp
	fits    func(c credits, who string) bool // who is the first group of the pattern
	credit  string                           // template of the credit (regexp.Expand); "$1" if empty
}

// creditForms are tried in order.
var creditForms = []creditForm{
	// Photo credit: Jane Doe
	{anywhere, lazyregexp.New(`(?i)^(?:(?:photo|image|picture|cover)\s+)?credits?\s*(?::|…|\.{3})\s*(.+)$`), isShort, ""},
	// Image source, Jane Doe
	{anywhere, lazyregexp.New(`(?i)^(?:photo|image|picture)\s+source\s*[:,]\s*(.+)$`), isName, ""},
	// Photo: Jane Doe. The same label may begin a caption, so a name must follow.
	{anywhere, lazyregexp.New(`(?i)^(?:file\s+)?(?:photos?|photographs?|pictures?|images?|illustrations?|graphics?|fotos?|bild|crédits?(?: photo)?)\s?[:：]\s*(.+)$`), isName, ""},
	// Photo by Jane Doe
	{anywhere, lazyregexp.New(`(?i)^(?:photos?|photographs?|photography|pictures?|images?|illustrations?|graphics?)\s+by:?\s+(.+)$`), isName, ""},
	// Courtesy of the Harbor Museum
	{apart, lazyregexp.New(`(?i)^((?:(?:handout\s+)?(?:photo|image|picture)s?\s+)?courtesy(?:\s+of|:)?\s+[^,]+)$`), isShort, ""},
	{whole, lazyregexp.New(`(?i)^(?:(?:photo|image|picture)s?\s+)?courtesy(?:\s+of|:)?\s+(.+)$`), isName, "$0"},
	// Jane Doe via AP
	{whole | apart, lazyregexp.New(`^(.+\s(?:via|VIA)\s.+)$`), isVia, ""},
	// Harbor Times photo by Jane Doe
	{apart, lazyregexp.New(`^(\S+(?:\s\S+){0,3}\s[Pp]hoto by\s\S+(?:\s\S+){0,3})$`), isPhotoBy, ""},
	// © Jane Doe 2026
	{anywhere, lazyregexp.New(`^(?:©|ⓒ|\([cC]\)|Copyright)\s*(.+)$`), isOwner, "$0"},
	// The Harbor Post, on its own pages
	{apart, lazyregexp.New(`^(.+)$`), isHouse, ""},
	// AP, AFP/Getty Images, 연합뉴스 자료사진
	{whole | apart, lazyregexp.New(`^(.+)$`), isAgencyLine, ""},

	// 사진제공=항만청
	{anywhere, lazyregexp.New(`^(?:사진|자료|자료사진|영상|이미지)\s?제공\s?[=＝:：ㅣ|/]\s*(.+?)(?:\s제공)?$`), isKoreanCredit, "$1 제공"},
	// 사진=연합뉴스
	{anywhere, lazyregexp.New(`^(?:사진|자료\s?사진|그래픽|일러스트|삽화|출처|(?:사진|자료)\s?출처|写真|撮影|图片来源)\s?[=＝]\s*(.+)$`), isKoreanCredit, ""},
	// 사진: 연합뉴스. The label may also begin a caption.
	{anywhere, lazyregexp.New(`^(?:사진|자료\s?사진|그래픽|일러스트|삽화|출처|(?:사진|자료)\s?출처|写真|撮影|图片来源)\s?[:：ㅣ|/]\s*(.+)$`), isKoreanName, ""},
	// 항만청 제공. 재판매 및 DB 금지
	{apart, lazyregexp.New(`^((?:\S+\s){0,1}\S+\s제공|\S+제공)(?:[.,]?\s*재판매.*)?$`), isKoreanCredit, ""},
	// 새벽신문 홍길동 기자 hong@news.example
	{whole | apart, lazyregexp.New(`^([^\s@]+(?:\s[^\s@]+){0,3}\s?(?:기자|특파원))(?:\s*=)?(?:\s+\S+@\S+)?$`), isReporter, ""},
}

// read returns the credit in a text that was found at a place, or "" if it is not certain that it is one.
func (c credits) read(text string, at place) string {
	text = strings.TrimSpace(strings.TrimSuffix(text, "."))
	if utf8.RuneCountInString(text) > maxCredit {
		return ""
	}
	for _, f := range creditForms {
		m := f.pattern().FindStringSubmatchIndex(text)
		if f.at&at == 0 || m == nil || !f.fits(c, text[m[2]:m[3]]) {
			continue
		}
		template := f.credit
		if template == "" {
			template = "$1"
		}
		return strings.TrimSpace(string(f.pattern().ExpandString(nil, template, text, m)))
	}
	return ""
}

// datelines matches the beginning of an agency's caption: [서울=연합뉴스] 홍길동 기자 = 파도가 친다.
var datelines = lazyregexp.New(`^[\[(（]([^\])）=]{1,20})=([^\])）]{1,20})[\])）]\s*(?:([^\s=]{2,5}\s?기자)\s*=\s*)?(.+)$`)

// dateline splits a caption that begins with a place or another agency, the name of an agency, and perhaps its
// reporter.
func (c credits) dateline(text string) (caption, credit string) {
	m := datelines().FindStringSubmatch(text)
	if m == nil || !isAgency(m[2]) || m[3] != "" && !isReporter(c, m[3]) || !hasWord(m[4]) {
		return text, ""
	}
	switch {
	case m[3] != "":
		return m[4], m[3] + "/" + m[2]
	case isAgency(m[1]):
		return m[4], m[1] + "=" + m[2]
	}
	return m[4], m[2]
}

// isShort reports whether a text can be the name behind a label.
func isShort(_ credits, s string) bool {
	return utf8.RuneCountInString(s) <= 60 && lastSentence(s) == 0 && hasWord(s)
}

// connectors are the words in a name that have no capital.
var connectors = []string{
	"and", "at", "by", "da", "de", "del", "der", "di", "du", "for", "la", "le", "of", "on", "the", "van", "via", "von",
	"bin", "al", "&", "/", "|", "-", "–",
}

// isName reports whether all words of a text begin with a capital, or a letter of a script without capitals, but for
// words such as "of".
func isName(_ credits, s string) bool {
	words := strings.Fields(s)
	if len(words) > 10 || strings.ContainsAny(s, "?!;:=") {
		return false
	}
	capitals := 0
	for i, w := range words {
		r, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, `"“‘'(@`))
		switch {
		case unicode.IsUpper(r) || unicode.Is(unicode.Lo, r):
			capitals++
		case unicode.IsDigit(r) && len(w) <= 5, slices.Contains(connectors, w) && i+1 < len(words):
		default:
			return false
		}
		if strings.HasSuffix(w, ".") && utf8.RuneCountInString(w) > 4 && i+1 < len(words) {
			return false // another sentence
		}
	}
	return capitals > 0
}

// isVia reports whether a text is "NAME via AGENCY".
func isVia(c credits, s string) bool {
	m := regexpVia().FindStringSubmatch(s)
	return m != nil && isName(c, m[1]) && c.isHouseOrAgency(m[2])
}

var regexpVia = lazyregexp.New(`^(.+)\s(?:via|VIA)\s(.+)$`)

// isPhotoBy reports whether a text is "NAME photo by NAME".
func isPhotoBy(c credits, s string) bool {
	house, person, _ := strings.Cut(strings.Replace(s, "Photo by", "photo by", 1), " photo by ")
	return isName(c, house) && isName(c, person)
}

// isHouse reports whether a text names the newspaper or an agency.
func isHouse(c credits, s string) bool { return c.isHouseOrAgency(s) }

func (c credits) isHouseOrAgency(s string) bool {
	return isAgency(s) || c.site != "" && isOneOf(withoutSuffix(s), variants([]string{c.site}))
}

// isOwner reports whether a text can follow ©.
func isOwner(c credits, s string) bool {
	return isName(c, strings.TrimSuffix(strings.TrimSuffix(s, "All rights reserved"), ". ")) && len(strings.Fields(s)) <= 8
}
