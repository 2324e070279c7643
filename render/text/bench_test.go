package text

import (
	"strings"
	"testing"

	"newsroom.example/cards/fonts"
)

func BenchmarkFitHeadlineAndCaption(b *testing.B) {
	s := setter(b)
	headline := Paragraph{Text: "Storm front stalls over the west coast as harbor towns brace"}
	caption := Paragraph{Text: "Waves break over the old pier on Sunday evening, hours before the ferry service to the islands was suspended until further notice by the port.", Tail: "/ Coast News"}
	b.ReportAllocs()
	for b.Loop() {
		s.Fit(headline, []Step{{SizePx: 70, MaxLines: 2}, {SizePx: 62, MaxLines: 2}, {SizePx: 56, MaxLines: 3}, {SizePx: 50, MaxLines: 3}}, display, Box{WidthPx: 1072})
		s.Fit(caption, []Step{{SizePx: 23, MaxLines: 2}}, Style{Weight: fonts.Medium}, Box{WidthPx: 1072})
	}
}

func BenchmarkFitHangul(b *testing.B) {
	s := setter(b)
	headline := Paragraph{Text: "강풍 특보 확대, 서해안 주민 3,200명 대피… 월요일까지 전면 통제"}
	b.ReportAllocs()
	for b.Loop() {
		s.Fit(headline, []Step{{SizePx: 70, MaxLines: 2}, {SizePx: 62, MaxLines: 2}, {SizePx: 56, MaxLines: 3}, {SizePx: 50, MaxLines: 3}}, display, Box{WidthPx: 1072})
	}
}

// BenchmarkFitUnspaced fits headlines of languages whose words come from lists, which are read before.
func BenchmarkFitUnspaced(b *testing.B) {
	s := setter(b)
	for _, c := range []struct{ name, text string }{
		{"chinese", "中美元首会晤后稀土出口取得突破，双方同意继续就关税问题谈判"},
		{"japanese", "青森県八戸市で震度6強の地震、沿岸に津波警報を発表"},
		{"thai", "น้ำท่วมหาดใหญ่ ผู้เสียชีวิตเพิ่มเป็น 145 ราย ผู้ป่วยล้นโรงพยาบาล"},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			s.Fit(Paragraph{Text: c.text}, []Step{{SizePx: 50}}, display, Box{WidthPx: 1072})
			for b.Loop() {
				s.Fit(Paragraph{Text: c.text}, []Step{{SizePx: 70, MaxLines: 2}, {SizePx: 62, MaxLines: 2}, {SizePx: 56, MaxLines: 3}, {SizePx: 50, MaxLines: 3}}, display, Box{WidthPx: 1072})
			}
		})
	}
}

// BenchmarkPathological fits the longest and most difficult texts that a card may have.
func BenchmarkPathological(b *testing.B) {
	s := setter(b)
	for _, c := range []struct{ name, text string }{
		{"long-word", strings.Repeat("x", 1000)},
		{"zalgo", strings.Repeat("z"+strings.Repeat("\u0301", 30), 32)},
		{"ideographs", strings.Repeat("漢", 1000)},
		{"isolates", strings.Repeat("\u2067א\u2069", 333)},
		{"emoji", strings.Repeat("👩‍👩‍👧‍👦", 140)},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				s.Fit(Paragraph{Text: c.text}, []Step{{SizePx: 70, MaxLines: 3}, {SizePx: 50, MaxLines: 3}}, display, Box{WidthPx: 1072, HeightPx: 300})
			}
		})
	}
}
