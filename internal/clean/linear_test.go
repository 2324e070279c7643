package clean

import (
	"fmt"
	"strings"
	"testing"
)

// hostile are beginnings of references, tags and comments that a text may repeat.
var hostile = []string{
	"<", "<+", "&", "&#", "&#x", "&a", "&amp", "&amp;", "&#55357;", "<!", "<!--", "<!-- ", "<!---->", "<!-- -->",
	"<!-->", "<?", "</", "</b", "</b>", "<a", "<a ", "<a x", "<a x=", "<a x='", `<a x="`, "<b>", "<b></b>", "<p>", "<br>",
	"<br><", "<p><b>", "<li>", "<sup>1", "<sup>1</sup>", "<x>", "<b><!--", "<+&", "<b>&amp;</b>", "<p>&lt;br&gt;", "<a>",
	"< b", "&&#", "<p></b>", ">", "->", "--><!--",
}

// TestReadingIsLinear: however a text repeats what may begin markup, reading it looks at each byte a bounded number
// of times. It counts, so that no clock is needed.
func TestReadingIsLinear(t *testing.T) {
	const most = maxReferences // for a text of & alone
	for _, unit := range hostile {
		for _, text := range []string{
			strings.Repeat(unit, 30_000/len(unit)), "<b>" + strings.Repeat(unit, 3000) + "</b>",
			"a&mdash;" + strings.Repeat(unit, 3000), strings.Repeat(unit, 3000) + ">",
		} {
			if r := read(text); r.looked > most*len(text) || len(r.pieces) > len(text) {
				t.Errorf("%q: looked at %d bytes of %d, %d pieces", unit, r.looked, len(text), len(r.pieces))
			}
		}
	}
}

// TestTheFirstByteDecides: a < that begins neither a tag nor a comment costs nothing more.
func TestTheFirstByteDecides(t *testing.T) {
	for _, unit := range []string{"<", "<+", "< b", "<1"} {
		if r := read(strings.Repeat(unit, 1000)); r.looked != 0 {
			t.Errorf("%q: looked at %d bytes", unit, r.looked)
		}
	}
}

func BenchmarkHostileLine(b *testing.B) {
	for _, unit := range []string{"<+", "&#", "<!--", "<a ", "<b></b>"} {
		b.Run(fmt.Sprintf("%q", unit), func(b *testing.B) {
			text := strings.Repeat(unit, 30_000/len(unit))
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				_, _ = Line(text, unlimited)
			}
		})
	}
}
