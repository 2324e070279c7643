package text

import (
	"strings"
	"testing"

	"newsroom.example/cards/fonts"
)

func TestTailIsNeverCut(t *testing.T) {
	s := setter(t)
	reading := Style{Weight: fonts.Medium}
	for n := 1; n < 120; n = n + 1 + n/20 {
		b := s.Fit(Paragraph{Text: strings.TrimSpace(strings.Repeat("waves ", n)), Tail: "/ Coast News Agency"}, []Step{{SizePx: 23, MaxLines: 2}}, reading, Box{WidthPx: 600})
		last := b.Lines[len(b.Lines)-1]
		if !strings.HasSuffix(last.Text, " / Coast News Agency") || len(b.Lines) > 2 || last.Text == "/ Coast News Agency" {
			t.Fatalf("%d words: %q", n, texts(b))
		}
		tail := last.Fragments[len(last.Fragments)-1]
		if !tail.Tail || tail.Text != "/ Coast News Agency" {
			t.Fatalf("fragments %+v", last.Fragments)
		}
	}
}

func TestLongTailsAreNeverCut(t *testing.T) {
	s := setter(t)
	reading := Style{Weight: fonts.Medium}
	for _, tail := range []string{strings.Repeat("Coast News Photographers ", 12), strings.Repeat("x", 300), strings.Repeat("서해통신", 30), "/ ไทยนิวส์"} {
		for _, text := range []string{"", "Waves", strings.Repeat("waves ", 60)} {
			for _, width := range []float64{150, 400, 1000} {
				tail := strings.TrimSpace(tail)
				b := s.Fit(Paragraph{Text: text, Tail: tail}, []Step{{SizePx: 23, MaxLines: 2}}, reading, Box{WidthPx: width})
				var whole strings.Builder
				for _, l := range b.Lines {
					for _, f := range l.Fragments {
						if f.Tail {
							whole.WriteString(strings.TrimSuffix(strings.TrimSpace(f.Text), "-"))
						}
					}
					if l.WidthPx > width {
						t.Errorf("%q is %.0f px wide in %v", l.Text, l.WidthPx, width)
					}
				}
				if got, want := whole.String(), strings.ReplaceAll(tail, " ", ""); strings.ReplaceAll(got, " ", "") != want {
					t.Errorf("at %v after %.20q: %q", width, text, got)
				}
				if b.Truncated && text == "" {
					t.Errorf("at %v: nothing was cut", width)
				}
			}
		}
	}
}

func TestFitShrinksThenCuts(t *testing.T) {
	s := setter(t)
	steps := []Step{{SizePx: 70, MaxLines: 2}, {SizePx: 62, MaxLines: 2}, {SizePx: 56, MaxLines: 3}, {SizePx: 50, MaxLines: 3}}
	box := Box{WidthPx: 1072}
	last := 1000.0
	for n := 1; n < 140; n = n + 1 + n/20 {
		b := s.Fit(Paragraph{Text: strings.TrimSpace(strings.Repeat("harbor ", n))}, steps, display, box)
		if b.SizePx > last {
			t.Fatalf("%d words are set at %v px, fewer at %v", n, b.SizePx, last)
		}
		last = b.SizePx
		if b.Truncated != strings.HasSuffix(b.Lines[len(b.Lines)-1].Text, "…") || b.Truncated && (len(b.Lines) != 3 || b.SizePx != 50) {
			t.Fatalf("%d words: %+v", n, texts(b))
		}
	}
	if last != 50 {
		t.Errorf("a hundred words are set at %v px", last)
	}
}
