package text

import (
	"strings"
	"unicode"

	"newsroom.example/cards/render/text/wordlist"
)

// inAddress reports whether rune r is in a URL, a mail address or a handle, which get no hyphens.
func (sh *shaped) inAddress(r int) bool {
	if sh.addresses == nil {
		sh.addresses = findAddresses(sh.runes)
	}
	return sh.addresses[r]
}

// findAddresses returns the runes in URLs, mail addresses and handles.
func findAddresses(runes []rune) []bool {
	addresses := make([]bool, len(runes)+1)
	for start := 0; start < len(runes); start++ {
		end := start
		for end < len(runes) && !unicode.IsSpace(runes[end]) && !isWordless(runes[end]) {
			end++
		}
		if isAddress(string(runes[start:end])) {
			for i := start; i < end; i++ {
				addresses[i] = true
			}
		}
		start = end
	}
	return addresses
}

// isWordless reports whether r is of a script without spaces, or full-width punctuation, which may touch an address.
func isWordless(r rune) bool {
	return r >= 0x2e80 && !unicode.Is(unicode.Hangul, r) && r != '＃' && r != '＠' || wordlist.IsUnspaced(r)
}

// isAddress reports whether a word is a URL with a scheme or without ("example.com/news"), a mail address, a handle or
// a hashtag.
func isAddress(word string) bool {
	if strings.Contains(word, "://") || strings.ContainsAny(word, "@#＃＠") || strings.Contains(word, "www.") {
		return true
	}
	host, _, _ := strings.Cut(strings.Trim(word, quotes+"([{)]},.;:!?…"), "/")
	labels := strings.Split(host, ".")
	if top := labels[len(labels)-1]; len(labels) < 2 || len(top) < 2 || len(labels[0]) < 2 {
		return false
	}
	for _, label := range labels {
		strange := func(r rune) bool { return r != '-' && !isASCIILetter(r) && !unicode.IsDigit(r) }
		if label == "" || strings.ContainsFunc(label, strange) {
			return false
		}
	}
	return !strings.ContainsFunc(labels[len(labels)-1], unicode.IsDigit)
}
