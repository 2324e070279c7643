package iptc

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// decoded returns a text whose encoding is not known as UTF-8. It is UTF-8 if it can be; otherwise it is in the
// encoding that was usual where the language is spoken, or in EUC-KR if it looks like Korean.
func decoded(s, lang string) string {
	if utf8.ValidString(s) {
		return s
	}
	for _, e := range encodingsOf(s, lang) {
		if out, err := e.NewDecoder().String(s); err == nil && !strings.ContainsRune(out, utf8.RuneError) {
			return out
		}
	}
	return ""
}

// encodingsOf returns the encodings to try, the most likely one first.
func encodingsOf(s, lang string) []encoding.Encoding {
	primary, rest, _ := strings.Cut(strings.ToLower(lang), "-")
	switch {
	case primary == "ko", looksKorean(s):
		return []encoding.Encoding{korean.EUCKR}
	case primary == "ja":
		return []encoding.Encoding{japanese.ShiftJIS, japanese.EUCJP}
	case primary == "zh" && isTraditional(rest):
		return []encoding.Encoding{traditionalchinese.Big5}
	case primary == "zh":
		return []encoding.Encoding{simplifiedchinese.GB18030}
	}
	return []encoding.Encoding{charmap.Windows1252}
}

// isTraditional reports whether what follows zh in a language tag says that the characters are traditional ones.
func isTraditional(rest string) bool {
	return strings.Contains(rest, "hant") || strings.Contains(rest, "tw") || strings.Contains(rest, "hk")
}

// fewSyllables is how many characters a text must have to look Korean.
const fewSyllables = 4

// looksKorean reports whether all characters beyond ASCII are syllables or symbols in KS X 1001. Chinese and Japanese
// texts have others among a few already, and letters with accents do not follow each other in pairs.
func looksKorean(s string) bool {
	syllables := 0
	for i := 0; i < len(s); i++ {
		if s[i] < utf8.RuneSelf {
			continue
		}
		if i+1 == len(s) || s[i+1] < 0xa1 || s[i+1] == 0xff {
			return false
		}
		switch lead := s[i]; {
		case lead >= 0xb0 && lead <= 0xc8:
			syllables++
		case lead < 0xa1 || lead > 0xa3: // symbols, such as quotation marks
			return false
		}
		i++
	}
	return syllables >= fewSyllables
}
