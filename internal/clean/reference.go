package clean

import (
	"html"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"newsroom.example/cards/internal/lazyregexp"
)

// reference matches a character reference with its semicolon (HTML, 13.1.4).
var reference = lazyregexp.New(`^&(?:#0{0,16}[0-9]{1,7}|#[xX]0{0,16}[0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});`)

// maxReferences is the length of the longest text that decodeReference decodes, in bytes: two numbers. The longest
// name is shorter.
const maxReferences = 2 * len("&#00000000000000000000000;")

// topics are the references that also occur in texts about HTML.
var topics = set("&amp; &AMP; &lt; &LT; &gt; &GT; &nbsp;")

// decodeReference returns the character reference at the start of s, or two that form a surrogate pair, and the
// decoded text. ref is empty if s does not begin with a reference.
func decodeReference(s string) (ref, text string) {
	ref = reference().FindString(s)
	if ref == "" {
		return "", ""
	}
	if high := codePoint(ref); utf16.IsSurrogate(high) {
		low := reference().FindString(s[len(ref):])
		if r := utf16.DecodeRune(high, codePoint(low)); r != utf8.RuneError {
			return s[:len(ref)+len(low)], strings.Map(plain, string(r))
		}
	}
	text = html.UnescapeString(ref)
	if text != ";" && strings.HasSuffix(text, ";") { // an unknown name, or one that begins like a known one
		return "", ""
	}
	return ref, strings.Map(plain, text)
}

// codePoint returns the number in a numeric reference, and 0 for other references.
func codePoint(ref string) rune {
	digits, numeric := strings.CutPrefix(strings.ToLower(strings.TrimSuffix(ref, ";")), "&#")
	if !numeric {
		return 0
	}
	base := 10
	if hex, ok := strings.CutPrefix(digits, "x"); ok {
		digits, base = hex, 16
	}
	n, err := strconv.ParseInt(digits, base, 32)
	if err != nil {
		return 0
	}
	return rune(n)
}

// plain maps a character from a reference to its character in a line, or to -1 if it is removed.
func plain(r rune) rune {
	switch {
	case r == '\u00a0', r == '\t', r == '\n', r == '\f', r == '\r':
		return ' '
	case unicode.IsControl(r), r == utf8.RuneError, r&0xfffe == 0xfffe, r >= 0xfdd0 && r <= 0xfdef:
		return -1
	}
	return r
}
