package text

import (
	"math"
	"testing"

	"newsroom.example/cards/fonts"
)

// The widths are those of complete lines, in ems: a full-width mark keeps its blank half only between letters.
func TestFullWidthMarksCloseUp(t *testing.T) {
	s := setter(t)
	for _, c := range []struct {
		lang, text string
		ems        float64
	}{
		{"ja", "天気", 2},
		{"ja", "天、気", 3},
		{"ja", "天「気", 3},
		{"ja", "「天気", 2.5},
		{"ja", "天気。", 2.5},
		{"ja", "「天気」", 3},
		{"ja", "天」、気", 4 - .5},
		{"ja", "天」「気", 4 - .5},
		{"ja", "天『「気", 4 - .5},
		{"ja", "『「天", 1.5 + .5},
		{"ja", "天」』。", 1 + 1.5},
		{"zh-Hans", "天，气", 3},
		{"zh-Hant", "天，氣", 3},
		{"zh-Hant", "天氣，", 3},
		{"zh-Hant", "天」，氣", 4 - .5},
	} {
		got := s.Width(c.text, 100, Style{Weight: fonts.Medium, Lang: c.lang})
		if want := c.ems * 100; want > 0 && math.Abs(got-want) > .5 {
			t.Errorf("%s %q is %.2f em wide, want %.1f", c.lang, c.text, got/100, c.ems)
		}
	}
}

// The ink of an opening mark at the beginning of a line is at the margin.
func TestOpeningMarkStandsAtTheMargin(t *testing.T) {
	s := setter(t)
	b := s.Fit(Paragraph{Text: "「来年度の予算案」、きょう"}, []Step{{SizePx: 100}}, Style{Weight: fonts.ExtraBold, Lang: "ja"}, Box{WidthPx: 2000})
	if r := ink(drawn(s, b, 2200, 300)); r.Min.X < 95 || r.Min.X > 116 {
		t.Errorf("ink begins at %d, the line at 100", r.Min.X)
	}
	for _, f := range b.Lines[0].Fragments {
		if f.XPx < 0 {
			t.Errorf("fragment at %v", f.XPx)
		}
	}
}
