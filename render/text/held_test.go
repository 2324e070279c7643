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

// TestWhatHeldWordsCost: words that belong together, and long words, make a headline only as much smaller as they may.
func TestWhatHeldWordsCost(t *testing.T) {
	s := setter(t)
	var steps []Step
	for px := 123.0; px > 31; px /= 1.12 {
		steps = append(steps, Step{SizePx: px, MaxLines: 5})
	}
	for _, tt := range []struct {
		text  string
		least float64 // of the size, for that of the same letters as short words
		lines string
	}{
		{"Wissenschaftsministerium stoppt Forschungsförderung", 1 / 1.6, "Wissenschafts-|ministerium|stoppt|Forschungs-|förderung"},
		{"Riksdagen röstar om utbildningsdepartementet", 1 / 1.4, "-|"},
		{"'차세대중형위성 3호 발사 성공' 발표에 환호", 1 / 1.2, ""},
		{"「過去最大の予算案」を閣議決定した政府の思惑", 1 / 1.2, ""},
		{"Champions League: 3–0 gegen 1. FC", 1 / 1.2, ""},
	} {
		box := Box{WidthPx: 512, HeightPx: 420}
		b := s.Fit(Paragraph{Text: tt.text}, steps, display, box)
		var short strings.Builder
		for i, r := range []rune(strings.ReplaceAll(tt.text, " ", "")) {
			if i > 0 && i%6 == 0 {
				short.WriteByte(' ')
			}
			short.WriteRune(r)
		}
		free := s.Fit(Paragraph{Text: short.String()}, steps, display, box)
		if b.SizePx < tt.least*free.SizePx*0.999 {
			t.Errorf("%q: %.0f px %q, in short words %.0f px %q", tt.text, b.SizePx, texts(b), free.SizePx, texts(free))
		}
		if got := strings.Join(texts(b), "|"); !strings.Contains(got, tt.lines) {
			t.Errorf("%q: %s", tt.text, got)
		}
	}
}

// TestFragmentsInReadingOrder: the text of a fragment is in reading order, although its glyphs are placed from the right.
func TestFragmentsInReadingOrder(t *testing.T) {
	s := setter(t)
	for _, tt := range []struct{ text, tail string }{
		{"תיבה", ""}, {"רוח חזקה בחיפה", "/ סוכנות"}, {"رياح قوية في 12 ميناء", ""}, {"ريح Storm 3–0 قوية", "/ AP"},
		{"Storm „רוח חזקה“ hits 12 ports", ""},
	} {
		b := s.Fit(Paragraph{Text: tt.text, Tail: tt.tail}, []Step{{SizePx: 20, MaxLines: 1}}, display, Box{WidthPx: 1000})
		got := map[bool]string{}
		for _, f := range b.Lines[0].Fragments {
			got[f.Tail] += f.Text
		}
		if strings.TrimSpace(got[false]) != tt.text || strings.TrimSpace(got[true]) != tt.tail {
			t.Errorf("%q %q: %q, tail %q", tt.text, tt.tail, got[false], got[true])
		}
	}
}
