package page

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsroom.example/cards/internal/lazyregexp"
)

// splitCredit splits the credit off a caption. A credit is the last part of a caption, or all of it, and is in brackets
// or after the end of a sentence, or has a sign that sentences do not have. creditForms lists what it looks like. If
// that is not certain, everything stays in the caption. site is the name of the newspaper, which may be the credit.
func splitCredit(text, site string) (caption, credit string) {
	text = strings.TrimSpace(strings.TrimLeft(text, "▲△▶▼☞◀←→↑↓ ")) // marks that point to the photo
	c := credits{site}
	for _, split := range []func(string) (string, string, place){
		splitWhole, splitBracket, splitFirstBracket, splitSentence, splitAbbreviation, splitSign, splitBar,
	} {
		rest, tail, at := split(text)
		if at&whole == 0 && !hasWord(rest) {
			continue
		}
		if credit = c.read(tail, at); credit == "" {
			continue
		}
		if before, agency, _ := splitBar(rest); at == sign && isAgency(agency) { // 파도가 친다/뉴스1 ⓒ News1
			rest, credit = before, agency+" "+credit
		}
		return strings.TrimSpace(rest), credit
	}
	return c.dateline(text)
}

// creditOnly returns the text of an element for credits, without a label such as "Photo:".
func creditOnly(text, site string) string {
	text, _ = unbracket(text)
	if credit := (credits{site}).read(text, whole|bracket); credit != "" {
		return credit
	}
	return text
}

// place says where a possible credit was found.
type place uint8

const (
	whole    place = 1 << iota // it is the whole text
	bracket                    // in brackets at the end
	opening                    // in brackets at the beginning
	sentence                   // after the end of a sentence, or after a bar
	sign                       // it begins with a label or sign that no sentence has
	anywhere = whole | bracket | opening | sentence | sign
	apart    = bracket | sentence
)

func splitWhole(text string) (rest, tail string, at place) {
	if inner, ok := unbracket(text); ok {
		return "", inner, whole | bracket
	}
	return "", text, whole
}

// splitBracket splits "Waves (Jane Doe/AP)." A full stop behind the bracket ends the caption.
func splitBracket(text string) (rest, tail string, at place) {
	stop := ""
	if short, ok := strings.CutSuffix(text, "."); ok {
		text, stop = short, "."
	}
	open, end := lastBracket(text)
	if open <= 0 {
		return "", "", 0
	}
	_, size := utf8.DecodeRuneInString(text[open:])
	rest = strings.TrimSpace(text[:open])
	if strings.HasSuffix(rest, ".") || !strings.ContainsFunc(rest, unicode.IsLetter) {
		stop = ""
	}
	return rest + stop, strings.TrimSpace(text[open+size : end]), bracket
}

// splitFirstBracket splits "[사진=...] 파도가 친다".
func splitFirstBracket(text string) (rest, tail string, at place) {
	for _, b := range brackets {
		if inner, ok := strings.CutPrefix(text, b[0]); ok {
			if tail, rest, ok = strings.Cut(inner, b[1]); ok {
				return rest, strings.TrimSpace(tail), opening
			}
		}
	}
	return "", "", 0
}

var brackets = [][2]string{{"(", ")"}, {"[", "]"}, {"（", "）"}, {"［", "］"}, {"【", "】"}, {"〈", "〉"}, {"<", ">"}}

// unbracket removes the brackets around the whole of a text.
func unbracket(text string) (string, bool) {
	for _, b := range brackets {
		inner, begins := strings.CutPrefix(text, b[0])
		inner, ends := strings.CutSuffix(inner, b[1])
		if begins && ends && !strings.Contains(inner, b[0]) {
			return strings.TrimSpace(inner), true
		}
	}
	return text, false
}

// lastBracket returns the indices of the brackets that end a text, or -1.
func lastBracket(text string) (open, end int) {
	for _, b := range brackets {
		if inner, ok := strings.CutSuffix(text, b[1]); ok {
			return strings.LastIndex(inner, b[0]), len(inner)
		}
	}
	return -1, -1
}

// sentenceEnd matches the end of a sentence, with quotation marks and brackets behind it.
var sentenceEnd = lazyregexp.New(`[.!?…]["”’')\]]*(?:\s+|(/))|[。！？][」』”’）]*`)

// abbreviation matches a text that ends in an abbreviation or an initial, after which a name may follow.
var abbreviation = lazyregexp.New(`(?:^|[\s(./])(?:Mr|Mrs|Ms|Dr|St|Prof|Gen|Sen|Rep|Gov|Lt|Col|Sgt|Capt|Rev|Hon|No|vs|\p{Lu})\.$`)

// maxAbbreviation is more bytes than an abbreviation with what is before it.
const maxAbbreviation = 16

// splitSentence splits "Waves hit the pier. Yonhap" behind the last sentence.
func splitSentence(text string) (rest, tail string, at place) {
	text = strings.TrimSuffix(text, ".")
	end := lastSentence(text)
	return strings.TrimRight(text[:end], "/ "), strings.TrimLeft(text[end:], "/ "), sentence
}

// splitAbbreviation splits "Waves in the U.S. Yonhap", where the sentence may end.
func splitAbbreviation(text string) (rest, tail string, at place) {
	m := abbreviations().FindStringSubmatch(text)
	if m == nil {
		return "", "", 0
	}
	return m[1], m[2], sentence
}

var abbreviations = lazyregexp.New(`^(.+\s(?:\p{Lu}\.){2,})\s(.+)$`)

// lastSentence returns the end of the last sentence that others follow, or 0.
func lastSentence(text string) int {
	ends := sentenceEnd().FindAllStringIndex(text, -1)
	for _, at := range slices.Backward(ends) {
		end := at[1]
		before := strings.TrimRight(text[:end], "/ ")
		before = before[max(0, len(before)-maxAbbreviation):] // or the loop would read each beginning of the text
		if end < len(text) && !abbreviation().MatchString(before) {
			return end
		}
	}
	return 0
}

// signs matches what begins a credit wherever it is: ©, and labels with =, in Korean, Chinese and Japanese, and a slash
// before the name of an agency.
var signs = lazyregexp.New(`\s*(?:[/|ㅣ]\s*)?((?:사진|그래픽|일러스트|자료|출처|写真|撮影)[\s가-힣]{0,4}[=＝]|[©ⓒ]|\bCredit(?:\.{3}|…))`)

// splitSign splits "파도가 친다 사진=..." and "Waves © ...".
func splitSign(text string) (rest, tail string, at place) {
	m := signs().FindStringSubmatchIndex(text)
	if m == nil || m[2] == 0 || strings.ContainsAny(text[m[2]:], ")]") {
		return "", "", 0
	}
	return text[:m[0]], text[m[2]:], sign
}

// splitBar splits "Waves | AP", "Waves – AP" and "파도/연합뉴스" at the last of these marks.
func splitBar(text string) (rest, tail string, at place) {
	end, last := -1, ""
	for _, mark := range []string{" | ", " – ", " — ", " - ", "/", "ㅣ"} {
		if i := strings.LastIndex(text, mark); i > end {
			end, last = i, mark
		}
	}
	if end <= 0 {
		return "", "", 0
	}
	rest, tail = text[:end], strings.TrimSpace(text[end+len(last):])
	if last == "/" && !strings.HasSuffix(rest, " ") {
		return joined(rest, tail)
	}
	rest = strings.TrimSpace(rest)
	if isPerson(rest) || strings.ContainsFunc(rest, isLatin) && len(strings.Fields(rest)) < 5 && isName(credits{}, rest) {
		return "", "", 0 // the name of a person, or a caption all in capitals
	}
	return rest, tail, sentence
}

// joined splits a text whose last word a slash joins to the tail: the word is part of the credit if it is an agency
// or the title of a reporter. After any other word that may be a name, nothing is certain.
func joined(text, tail string) (rest, credit string, at place) {
	words := strings.Fields(text)
	n := len(words)
	switch {
	case n > 1 && isAgency(words[n-1]):
		n--
	case n > 2 && isReporter(credits{}, words[n-2]+" "+words[n-1]):
		n -= 2
	case n > 0 && isPerson(words[n-1]):
		return "", "", 0
	case strings.ContainsFunc(lastRune(text), isLatin) && tail != "" && !strings.ContainsFunc(words[n-1], unicode.IsDigit):
		return "", "", 0
	default:
		return text, tail, sentence
	}
	return strings.Join(words[:n], " "), strings.Join(words[n:], " ") + "/" + tail, sentence
}

func lastRune(s string) string {
	_, size := utf8.DecodeLastRuneInString(s)
	return s[len(s)-size:]
}
