package text

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// TestHang: the quotation marks with which a line begins stand before it, where its ink is, if there is room, and the
// letters after them begin where those of other lines do. Others stand in the line.
func TestHang(t *testing.T) {
	s := setter(t)
	style := display
	style.HangPx = 60
	for _, tt := range []struct{ lang, text, hung string }{
		{"en", "“Harbor towns brace for a second night”", "“"},
		{"en", "“‘Brace,’ they said” in harbor towns", "“‘"},
		{"en", `"Harbor towns brace for a second night"`, `"`},
		{"de", "„Wir bleiben“, sagt die Ministerin", "„"},
		{"de", "»Wir bleiben«, sagt die Ministerin", "»"},
		{"fr", "«\u202fNous restons\u202f», dit la ministre", "«\u202f"},
		{"fr", "« Nous restons », dit la ministre", "« "},
		{"sv", "”Vi stannar”, säger ministern", "”"},
		{"ko", "‘강풍 특보’ 확대", "‘"},
		{"he", "„הנמל ייסגר”, אמרה השרה", "„"},
		{"ar", "«سنغلق الموانئ» تقول الوزيرة", "«"},
		{"en", "Harbor towns “brace” for a second night", ""},
		{"en", "’s nachts", "’"},
		{"ja", "「港は閉鎖」と大臣", ""},
		{"zh", "《港口》关闭", ""},
	} {
		style.Lang = tt.lang
		b := s.Fit(Paragraph{Text: tt.text}, []Step{{SizePx: 60}}, style, Box{WidthPx: 2000})
		line := b.Lines[0]
		rest := strings.TrimPrefix(tt.text, tt.hung)
		alone := s.Fit(Paragraph{Text: rest}, []Step{{SizePx: 60}}, style, Box{WidthPx: 2000}).Lines[0]
		if d := line.WidthPx - alone.WidthPx; d > 3 || d < -3 { // of kerning
			t.Errorf("%s: %.1f px wide, without the marks %.1f", tt.text, line.WidthPx, alone.WidthPx)
		}
		if (line.HangPx > 0) != (tt.hung != "") {
			t.Errorf("%s: %.1f px hang", tt.text, line.HangPx)
		}
		ink, from, to := s.Ink(line), -line.HangPx, line.WidthPx
		if b.Dir == RightToLeft {
			from, to = 0, line.WidthPx+line.HangPx
		}
		if float64(ink.Min.X) < from-2 || float64(ink.Max.X) > to+2 || float64(ink.Min.X) > from+12 || float64(ink.Max.X) < to-24 {
			t.Errorf("%s: ink at %v, of a line from %.1f to %.1f", tt.text, ink, from, to)
		}
		whole := Fragment{Text: tt.text, XPx: from, WidthPx: to - from}
		if len(line.Fragments) != 1 || line.Fragments[0] != whole || line.Text != tt.text {
			t.Errorf("%s: %+v, want %+v", tt.text, line.Fragments, whole)
		}
	}
}

// TestHangHasRoom: marks that are wider than the room before the lines stand in the line, at this size.
func TestHangHasRoom(t *testing.T) {
	s := setter(t)
	style := display
	style.HangPx = 30
	for size, hangs := range map[float64]bool{40: true, 60: true, 90: false, 200: false} {
		b := s.Fit(Paragraph{Text: "“Harbor towns brace”"}, []Step{{SizePx: size}}, style, Box{WidthPx: 2000})
		if b.Lines[0].HangPx > 30 || (b.Lines[0].HangPx > 0) != hangs {
			t.Errorf("%.0f px: %.1f px hang", size, b.Lines[0].HangPx)
		}
	}
}

// TestHangInside: marks hang at the beginning of any line, and text of marks alone is no line of no width.
func TestHangInside(t *testing.T) {
	s := setter(t)
	style := display
	style.HangPx = 60
	b := s.Fit(Paragraph{Text: "Ministers told the harbor towns: “Stay away from the shore tonight”"},
		[]Step{{SizePx: 60}}, style, Box{WidthPx: 1000})
	if len(b.Lines) != 2 || !strings.HasPrefix(b.Lines[1].Text, "“Stay") || b.Lines[1].HangPx == 0 || b.Lines[0].HangPx != 0 {
		t.Errorf("%q", texts(b))
	}
	for _, marks := range []string{"“", "“‘", "« ", "“ “"} {
		b := s.Fit(Paragraph{Text: marks}, []Step{{SizePx: 60}}, style, Box{WidthPx: 1000})
		if len(b.Lines) != 1 || b.Lines[0].WidthPx <= 0 {
			t.Errorf("%q: %d lines of %d characters, %.1f px", marks, len(b.Lines), utf8.RuneCountInString(marks), b.WidthPx)
		}
	}
}
