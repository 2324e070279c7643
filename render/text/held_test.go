package text

import (
	"slices"
	"strings"
	"testing"
)

// TestNoBreakSpaces: no-break spaces hold words together where that costs at most one step, and are ordinary spaces
// where it would cost more, as in a text from a word processor that has no other spaces.
func TestNoBreakSpaces(t *testing.T) {
	s := setter(t)
	steps := []Step{{SizePx: 88, MaxLines: 3}, {SizePx: 77, MaxLines: 3}, {SizePx: 66, MaxLines: 3}, {SizePx: 44, MaxLines: 4}}
	box := Box{WidthPx: 1072}
	for _, words := range []string{
		"Prime Minister says no to deal with partners over new budget", "강풍 특보 확대 서해안 월요일까지 전면 통제",
		"Le Premier ministre refuse tout accord sur le nouveau budget", "Sturm über der Küste legt Häfen und Züge lahm",
		"رئيس الوزراء يرفض الاتفاق بشأن الميزانية الجديدة", "Премьер-министр отверг соглашение о бюджете",
	} {
		free := s.Fit(Paragraph{Text: words}, steps, display, box)
		for _, space := range []string{"\u00a0", "\u202f", "\u2007"} {
			held := s.Fit(Paragraph{Text: strings.ReplaceAll(words, " ", space)}, steps, display, box)
			if held.SizePx != free.SizePx || !slices.Equal(texts(held), texts(free)) {
				t.Errorf("%q: %v px %q, with ordinary spaces %v px %q", space, held.SizePx, texts(held), free.SizePx, texts(free))
			}
		}
	}
	for _, tt := range []struct {
		text, kept string
	}{
		{"Prime Minister says no to a deal with\u00a0partners", "with\u00a0partners"}, // at the first size
		{"Partners in\u00a0one\u00a0commonwealth\u00a0agree", "in\u00a0one\u00a0commonwealth\u00a0agree"},
	} {
		b := s.Fit(Paragraph{Text: tt.text}, steps[:2], display, box)
		if !slices.ContainsFunc(texts(b), func(l string) bool { return strings.Contains(l, tt.kept) }) {
			t.Errorf("%v px %q", b.SizePx, texts(b))
		}
	}
}

// TestHeldWordsNeverSplitLetters: if held words fit no size, they break at their spaces, not inside words.
func TestHeldWordsNeverSplitLetters(t *testing.T) {
	s := setter(t)
	text := strings.ReplaceAll("Partners refuse every deal over the new budget of the commonwealth", " ", "\u00a0")
	for _, lines := range []int{1, 2, 3, 20} {
		b := s.Fit(Paragraph{Text: text}, []Step{{SizePx: 88, MaxLines: lines}}, display, Box{WidthPx: 900})
		for _, l := range b.Lines {
			if l.Hyphen {
				t.Errorf("%d lines: %q", lines, texts(b))
			}
		}
	}
}
