package clean

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// tidy is the package's rule for a line, without the decoding of HTML.
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
		s = clipMarks(norm.NFC.String(s)) // which may part a long run of marks by U+034F
	}
	s = fold(s)
	if isBlank(s) {
		return "", nil
	}
	return s, nil
}

// isControl reports the control characters that no line holds: all but a tab and a line break.
func isControl(r rune) bool {
	return r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r >= 0x7f && r < 0xa0
}

// Repair makes of any bytes text that Line takes: what Line refuses, and U+FFFD, becomes a space. It is for
// text whose writer cannot be asked again, such as that of a page.
func Repair(s string) string {
	return strings.Map(func(r rune) rune {
		if isControl(r) || r == utf8.RuneError {
			return ' '
		}
		return r
	}, s)
}

// isPlainASCII reports printable ASCII without spaces at its ends or side by side, in which tidy changes
// nothing.
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

// fold makes single spaces of white space, and none at the ends.
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

// isFoldedSpace reports white space that folds to one space. No-break spaces stay: they carry meaning to the
// line breaker.
func isFoldedSpace(r rune) bool {
	switch r {
	case '\u00a0', '\u202f', '\u2007', '\u3000':
		return false
	}
	return unicode.IsSpace(r)
}

// isBlank reports text in which there is nothing to see.
func isBlank(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool {
		return !unicode.IsSpace(r) && !unicode.In(r, unicode.Cf, unicode.Mn, unicode.Zl, unicode.Zp) && !isBlankLetter(r)
	})
}

// isBlankLetter reports the letters that Unicode defines as invisible.
func isBlankLetter(r rune) bool {
	return r == '\u3164' || r == '\u115f' || r == '\u1160' || r == '\uffa0' || r == '\u2800'
}

// maxMarks is how many combining marks one base may carry (Stream-Safe Text Format, Unicode Standard Annex #15).
const maxMarks = 30

// clipMarks drops the marks beyond maxMarks on one base. A format character is no base: it does not show.
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

// isLetter reports the characters of the ranges of which most texts are, none a mark or a format character;
// it only saves looking them up.
func isLetter(r rune) bool {
	return r < 0x300 && r != 0xad || r >= 0xac00 && r <= 0xd7a3 ||
		r >= 0x3041 && r <= 0x3096 || r >= 0x309b && r <= 0x9fff
}
