package text

import (
	"strings"
	"testing"
)

// TestSyllables lists the places in words that a syllable begins at: two letters or more before
// them, and three or more from there to the end of the word.
func TestSyllables(t *testing.T) {
	s := setter(t)
	for _, want := range []string{
		"tuna", "tu-nas", // two letters would follow, three do
		"ana-tomy", "ana-to-mys",
		"unity", // neither after one letter nor before two
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
