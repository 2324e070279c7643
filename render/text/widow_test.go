package text

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestWidowIsAvoided has texts whose cheapest division ends in a widow, because a long word fills the line before
// it. A more expensive division into as many lines is chosen. Such texts are rare: about one in 3,000 random ones.
func TestWidowIsAvoided(t *testing.T) {
	s := setter(t)
	for _, tt := range []struct {
		text    string
		widthPx float64
		want    []string
	}{
		{"longest I of internationalization internationalization of “pier”", 590,
			[]string{"longest I of", "internationalization", "internationalization", "of “pier”"}},
		{"brace seawalls 단 and internationalization 검토… 투입", 636,
			[]string{"brace seawalls 단 and", "internationalization", "검토… 투입"}},
	} {
		b := s.Fit(Paragraph{Text: tt.text}, []Step{{SizePx: 48}}, display, Box{WidthPx: tt.widthPx})
		if diff := cmp.Diff(tt.want, texts(b)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", tt.text, diff)
		}
		sh := s.shape(Paragraph{Text: tt.text}, display)
		sh.setFor(Step{})
		width := sh.units(tt.widthPx, 48)
		ops, _ := sh.usable(width)
		if cheapest, _ := sh.balanced(ops, width, len(tt.want)); !sh.isWidow(ops, cheapest) {
			t.Errorf("%q: the cheapest breaking has no widow: the text proves nothing any more", tt.text)
		}
	}
}
