package card

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxMarks is how many combining marks one base may carry, as in the Stream-Safe Text
// Format (Unicode Standard Annex #15). What goes beyond is cut off.
const maxMarks = 30

// CleanLine makes text from outside safe to set on one paragraph: valid, NFC, without
// invisible characters that reorder or hide what is read, white space folded to single
// spaces. It fails on invalid UTF-8 and on control characters other than tab and newline.
// Every surface shows the cleaned text, so picture, tags and links agree.
func CleanLine(s string) (string, error) {
	if isClean(s) {
		return s, nil
	}
	if !utf8.ValidString(s) {
		return "", errors.New("is not valid UTF-8")
	}
	for _, r := range s {
		if r != '\t' && r != '\n' && r != '\r' && (r < 0x20 || r >= 0x7f && r < 0xa0) {
			return "", errors.New("holds a control character")
		}
	}
	runes := clipMarks(balanceBidi(dropHidden([]rune(s))))
	composed := []rune(norm.NFC.String(string(runes))) // may part a long run of marks by U+034F
	fields := strings.FieldsFunc(string(clipMarks(composed)), isFoldedSpace)
	text := strings.Join(fields, " ")
	if isBlank(text) {
		return "", nil
	}
	return text, nil
}

// isClean reports text in which CleanLine would change nothing, as most in English is: printable
// ASCII, without spaces at its ends or side by side.
func isClean(s string) bool {
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

// isFoldedSpace reports white space that folds to one space. No-break spaces stay: they
// carry meaning to the line breaker.
func isFoldedSpace(r rune) bool {
	switch r {
	case '\u00a0', '\u202f', '\u2007', '\u3000':
		return false
	}
	return unicode.IsSpace(r)
}

// isBlank reports text in which there is nothing to see.
func isBlank(s string) bool {
	for _, r := range s {
		if !unicode.IsSpace(r) && !unicode.In(r, unicode.Cf, unicode.Mn, unicode.Zl, unicode.Zp) && !isBlankLetter(r) {
			return false
		}
	}
	return true
}

// isBlankLetter reports the letters that Unicode defines as invisible.
func isBlankLetter(r rune) bool {
	return r == '\u3164' || r == '\u115f' || r == '\u1160' || r == '\uffa0' || r == '\u2800'
}

// dropHidden removes bidi overrides, interlinear annotation, byte order marks, noncharacters
// and tag characters that do not belong to a flag emoji.
func dropHidden(in []rune) []rune {
	out := in[:0]
	inFlag := false
	for _, r := range in {
		tag := r >= 0xe0000 && r <= 0xe007f
		inFlag = r == '\U0001f3f4' || inFlag && tag
		switch {
		case r == '\u202d' || r == '\u202e', r >= '\ufff9' && r <= '\ufffb', r == '\ufeff',
			r == '\ufffe' || r == '\uffff', tag && !inFlag:
			continue
		}
		out = append(out, r)
	}
	return out
}

// balanceBidi keeps isolates and embeddings that are closed, and drops the rest, so that a
// field cannot turn the text that follows it around (Unicode Standard Annex #9, section 2).
func balanceBidi(in []rune) []rune {
	keep := make([]bool, len(in))
	var isolates, embeds []int
	for i, r := range in {
		switch r {
		case '\u2066', '\u2067', '\u2068':
			isolates = append(isolates, i)
		case '\u202a', '\u202b':
			embeds = append(embeds, i)
		case '\u2069':
			isolates = closePair(isolates, i, keep)
		case '\u202c':
			embeds = closePair(embeds, i, keep)
		default:
			keep[i] = true
		}
	}
	out := in[:0]
	for i, r := range in {
		if keep[i] {
			out = append(out, r)
		}
	}
	return out
}

func closePair(open []int, at int, keep []bool) []int {
	if len(open) == 0 {
		return open
	}
	keep[open[len(open)-1]], keep[at] = true, true
	return open[:len(open)-1]
}

func clipMarks(in []rune) []rune {
	out, marks := in[:0], 0
	for _, r := range in {
		if unicode.In(r, unicode.Mn, unicode.Me) {
			if marks++; marks > maxMarks {
				continue
			}
		} else {
			marks = 0
		}
		out = append(out, r)
	}
	return out
}
