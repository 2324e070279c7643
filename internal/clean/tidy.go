package clean

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// tidy cleans a line like Line, but does not decode HTML and has no limit of length.
func tidy(s string) (string, error) {
	if isPlainASCII(s) {
		return s, nil
	}
	if !utf8.ValidString(s) {
		return "", errEncoding
	}
	if strings.ContainsFunc(s, isControl) {
		return "", errControl
	}
	if strings.ContainsFunc(s, isHidden) {
		s = string(balance(dropHidden([]rune(s))))
	}
	s = clipMarks(s)
	if !norm.NFC.IsNormalString(s) {
		s = clipMarks(norm.NFC.String(s)) // which may insert U+034F into a long run of marks
	}
	s = fold(s)
	if isBlank(s) {
		return "", nil
	}
	return s, nil
}

// isControl reports whether r is a control character other than a tab or a line break.
func isControl(r rune) bool {
	return r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r >= 0x7f && r < 0xa0
}

// Repair replaces each control character that Line rejects, each invalid byte and each U+FFFD by a space, so that Line
// accepts the result. It is for text that no client can correct, such as that of a fetched page.
func Repair(s string) string {
	return strings.Map(func(r rune) rune {
		if isControl(r) || r == utf8.RuneError {
			return ' '
		}
		return r
	}, s)
}

// isPlainASCII reports whether s is printable ASCII without leading, trailing or repeated spaces. tidy does not
// change such text.
func isPlainASCII(s string) bool {
	after := byte(' ')
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c > '~' || c == ' ' && after == ' ' {
			return false
		}
		after = c
	}
	return s == "" || after != ' '
}

// fold replaces each run of white space by one space and trims the ends.
func fold(s string) string {
	after := ' '
	for _, r := range s {
		if r != ' ' && isFoldedSpace(r) || r == ' ' && after == ' ' {
			return strings.Join(strings.FieldsFunc(s, isFoldedSpace), " ")
		}
		after = r
	}
	return strings.TrimSuffix(s, " ")
}

// isFoldedSpace reports whether fold replaces r. No-break and ideographic spaces stay, because the line breaker treats
// them differently.
func isFoldedSpace(r rune) bool {
	switch r {
	case '\u00a0', '\u202f', '\u2007', '\u3000':
		return false
	}
	return unicode.IsSpace(r)
}

// isBlank reports whether s has no visible character.
func isBlank(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool {
		return !unicode.IsSpace(r) && !unicode.In(r, unicode.Cf, unicode.Mn, unicode.Zl, unicode.Zp) && !isBlankLetter(r)
	})
}

// isBlankLetter reports whether r is a letter or symbol that shows nothing, such as the Hangul filler.
func isBlankLetter(r rune) bool {
	return r == '\u3164' || r == '\u115f' || r == '\u1160' || r == '\uffa0' || r == '\u2800'
}

// maxMarks is the maximum number of combining marks on one base (Stream-Safe Text Format, Unicode Standard Annex #15).
const maxMarks = 30

// clipMarks removes the marks beyond maxMarks on one base. A format character is invisible and is not a base.
func clipMarks(s string) string {
	marks := 0
	return strings.Map(func(r rune) rune {
		switch {
		case isLetter(r):
			marks = 0
		case unicode.In(r, unicode.Mn, unicode.Me):
			if marks++; marks > maxMarks {
				return -1
			}
		case !unicode.Is(unicode.Cf, r):
			marks = 0
		}
		return r
	}, s)
}

// isLetter reports whether r is in one of the common ranges that contain no mark and no format character. It only
// avoids slower lookups.
func isLetter(r rune) bool {
	return r < 0x300 && r != 0xad || r >= 0xac00 && r <= 0xd7a3 ||
		r >= 0x3041 && r <= 0x3096 || r >= 0x309b && r <= 0x9fff
}
