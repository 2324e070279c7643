package answer

import (
	"testing"
	"unicode/utf8"
)

// TestShorten: text is cut between two characters.
func TestShorten(t *testing.T) {
	for most := 3; most < 12; most++ {
		if got := shorten("añ뉴🙂xyz", most); len(got) > most || !utf8.ValidString(got) {
			t.Errorf("%d bytes: %q", most, got)
		}
	}
}
