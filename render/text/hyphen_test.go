package text

import (
	"strings"
	"testing"
)

// TestSyllables lists the places in words where a syllable begins, with at least two letters before and three after
// it.
func TestSyllables(t *testing.T) {
	s := setter(t)
	for _, want := range []string{
		"tuna", "tu-nas", // "tu-na" would leave two letters, "tu-nas" leaves three
		"ana-tomy", "ana-to-mys",
		"unity", // one letter before, or two after, are too few
		"Ge-sell",
	} {
		sh := s.shape(Paragraph{Text: strings.ReplaceAll(want, "-", "")}, display)
		var got strings.Builder
		for i, r := range sh.runes {
			if i > 0 && sh.syllable(i) {
				got.WriteByte('-')
			}
			got.WriteRune(r)
		}
		if got.String() != want {
			t.Errorf("%s, want %s", got.String(), want)
		}
	}
}
