package text

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/go-text/typesetting/font"
	"github.com/google/go-cmp/cmp"

	"newsroom.example/cards/fonts"
)

// loaded returns the embedded fonts, parsed once for all tests.
var loaded = sync.OnceValues(fonts.Load)

func setter(t testing.TB) *Setter {
	t.Helper()
	set, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	return NewSetter(set)
}

var display = Style{Weight: fonts.ExtraBold, Display: true}

func texts(b Block) []string {
	var lines []string
	for _, l := range b.Lines {
		lines = append(lines, l.Text)
	}
	return lines
}

func TestLines(t *testing.T) {
	s := setter(t)
	for _, tt := range []struct {
		why, text string
		width     float64
		want      []string
	}{
		{"one line", "Central bank holds rates", 1000, []string{"Central bank holds rates"}},
		{"even lines", "Storm front stalls over the west coast as harbor towns brace for a second night", 1072,
			[]string{"Storm front stalls over the west coast", "as harbor towns brace for a second night"}},
		{"Korean words stay whole", "미국과 북한, 연락사무소 설치 검토… 비핵화 협상 재개 기대감 커져", 700,
			[]string{"미국과 북한, 연락사무소 설치 검토…", "비핵화 협상 재개 기대감 커져"}},
		{"a determiner stays with its noun", "사십 년 가꾼 정원, 단 한 주말만 문을 연다", 420,
			[]string{"사십 년 가꾼 정원,", "단 한 주말만 문을 연다"}},
		{"kinsoku", "明日の天気は「晴れ」、最高気温は二十度。", 480, nil},
		{"an unbreakable word", strings.Repeat("가나다라마바사", 6), 500, nil},
	} {
		b := s.Fit(Paragraph{Text: tt.text}, []Step{{SizePx: 48}}, display, Box{WidthPx: tt.width})
		if tt.want != nil {
			if diff := cmp.Diff(tt.want, texts(b)); diff != "" {
				t.Errorf("%s: %s", tt.why, diff)
			}
		}
		for _, l := range b.Lines {
			if l.WidthPx > tt.width+1e-6 {
				t.Errorf("%s: %q is %.1f px wide in %v", tt.why, l.Text, l.WidthPx, tt.width)
			}
		}
	}
}

// headlines are set at 36 widths. No line after the first may begin with a closing mark, no Hangul word may be
// divided, and the last line must not be a widow.
var headlines = []string{
	"미국과 북한, 연락사무소 설치 검토… 비핵화 협상 재개 기대감 커져",
	"中企 “금리 3.50% 동결” 환영… 대출 10조원 만기 ‘연장’ 검토 나서",
	"美 연준 “연내 인하 없다”… 원·달러 환율 1,400원 돌파 (종합)",
	"「来年度の予算案」、きょう閣議で決定へ。過去最大の114兆円、社会保障費が膨らむ",
	"央行宣布下调存款准备金率0.5个百分点，释放长期资金约1万亿元；市场反应积极",
}

const closers = ",.!?;:)]}%…”’、。」』）】，：；！？"

func TestLineFaults(t *testing.T) {
	s := setter(t)
	for _, text := range headlines {
		for width := 200.0; width <= 900; width += 20 {
			b := s.Fit(Paragraph{Text: text}, []Step{{SizePx: 48}}, display, Box{WidthPx: width})
			for i, l := range b.Lines {
				first := []rune(l.Text)[0]
				if i > 0 && strings.ContainsRune(closers, first) {
					t.Errorf("at %v: line begins with %c: %q", width, first, texts(b))
				}
				if i > 0 && unicode.Is(unicode.Hangul, first) && wordSplit(s, text, l.Text, width) {
					t.Errorf("at %v: a word is on two lines: %q", width, texts(b))
				}
			}
			last := b.Lines[len(b.Lines)-1]
			if len(b.Lines) > 1 && last.WidthPx < .35*b.WidthPx {
				t.Errorf("at %v: last line is %.0f %% of the widest: %q", width, 100*last.WidthPx/b.WidthPx, texts(b))
			}
		}
	}
}

// wordSplit reports whether a Hangul word was divided although it fits on a line.
func wordSplit(s *Setter, text, line string, width float64) bool {
	at := strings.Index(text, line)
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	if !unicode.Is(unicode.Hangul, before) && !unicode.IsDigit(before) && !unicode.Is(unicode.Han, before) {
		return false
	}
	word := text[strings.LastIndexByte(text[:at], ' ')+1:]
	word, _, _ = strings.Cut(word, " ")
	return s.Width(word, 48, display) <= width
}

func TestLongWordsTakeAHyphen(t *testing.T) {
	s := setter(t)
	for _, tt := range []struct {
		text  string
		width float64
		want  []string
	}{
		{"Donaudampfschifffahrtsgesellschaft meldet Gewinn", 640, []string{"Donaudampfschifffahrts-", "gesellschaft meldet Gewinn"}},
		{"Rindfleischetikettierungsüberwachung", 480, []string{"Rindfleischetikettie-", "rungsüberwachung"}},
		{"достопримечательностями", 420, []string{"достоприме-", "чательностями"}},
		{"https://news.example/2026/11/24/0123456789", 420, nil},
		{"extra\u00adordinary", 240, []string{"extra\u00ad-", "ordinary"}},
		{"대한민국만세대한민국만세", 300, nil},
	} {
		b := s.Fit(Paragraph{Text: tt.text}, []Step{{SizePx: 48}}, display, Box{WidthPx: tt.width})
		if tt.want != nil {
			if diff := cmp.Diff(tt.want, texts(b)); diff != "" {
				t.Errorf("%s: %s", tt.text, diff)
			}
		} else if got := strings.Join(texts(b), ""); got != tt.text || len(b.Lines) < 2 {
			t.Errorf("%q was set as %q", tt.text, texts(b))
		}
		for _, l := range b.Lines {
			if l.WidthPx > tt.width {
				t.Errorf("%q is %.1f px wide in %v", l.Text, l.WidthPx, tt.width)
			}
		}
	}
}

// TestEmojiAreOneGlyphInColour sets sequences that are one emoji each.
func TestRegionalForms(t *testing.T) {
	s := setter(t)
	glyph := func(lang string) (ids [3]int) {
		b := s.Fit(Paragraph{Text: "骨直返"}, []Step{{SizePx: 48}}, Style{Weight: fonts.Bold, Lang: lang}, Box{WidthPx: 1000})
		for i, g := range b.Lines[0].glyphs {
			ids[i] = int(g.id)
		}
		return ids
	}
	if glyph("zh-TW") != glyph("zh-Hant") || glyph("zh") != glyph("zh-Hans-CN") {
		t.Error("places do not decide as their scripts do")
	}
	langs := []string{"ja", "zh-Hans", "zh-Hant", "ko"}
	for i, a := range langs {
		for _, b := range langs[i+1:] {
			if glyph(a) == glyph(b) {
				t.Errorf("%s and %s have the same forms", a, b)
			}
		}
	}
}

func TestTabularFigures(t *testing.T) {
	s := setter(t)
	for figures, tabular := range map[string]bool{"tnum": true, "": false, "pnum": false, "lnum tnum": true} {
		st := Style{Weight: fonts.Bold, Figures: figures}
		if same := s.Width("1111", 48, st) == s.Width("0000", 48, st); same != tabular {
			t.Errorf("%q: figures of one width: %v", figures, same)
		}
	}
}

// TestFeatures: features change the glyphs of the style's own fonts, and not those of others.
func TestFeatures(t *testing.T) {
	s := setter(t)
	glyphs := func(text string, st Style) string {
		var all []string
		for _, c := range s.shape(Paragraph{Text: text}, st).clusters {
			for _, g := range c.glyphs {
				all = append(all, fmt.Sprint(g.font.Name, " ", g.id))
			}
		}
		return strings.Join(all, ", ")
	}
	serif := Style{Families: "Noto Serif", Weight: fonts.Bold}
	for _, tt := range []struct {
		name, text        string
		figures, features string
		same              bool
	}{
		{"old-style figures", "0357", "onum", "", false},
		{"lining figures, which it has", "0357", "lnum", "", true},
		{"small capitals", "harbor", "", "smcp", false},
		{"a feature that is off", "harbor", "", "smcp=0", true},
		{"one that the font lacks", "harbor", "", "ss19", true},
		{"letters of another font", "항구", "", "smcp", true},
		{"no feature", "harbor", "", "abc", true},
	} {
		with := serif
		with.Figures, with.Features = tt.figures, tt.features
		if same := glyphs(tt.text, serif) == glyphs(tt.text, with); same != tt.same {
			t.Errorf("%s: the same glyphs: %t", tt.name, same)
		}
	}
	main := Style{Weight: fonts.Bold, Features: "tnum"}
	if glyphs("0357", main) == glyphs("0357", Style{Weight: fonts.Bold}) {
		t.Error("the main font has no features")
	}
}

// A tail of any length is complete, and no line is wider than the box.
func TestDirections(t *testing.T) {
	s := setter(t)
	b := s.Fit(Paragraph{Text: "שלום 18 iPhone עולם"}, []Step{{SizePx: 48}}, display, Box{WidthPx: 1000})
	if b.Dir != RightToLeft {
		t.Errorf("direction %s", b.Dir)
	}
	if got := fromLeft(s, "שלום 18 iPhone עולם", ""); strings.Index(got, "18") < strings.Index(got, "iPhone") || !strings.Contains(got, "18") {
		t.Errorf("from left to right: %q", got)
	}
	for _, tt := range []struct {
		lang, text, visual string
		dir                Direction
	}{
		{"", "abc שלום 123 def", "abc 123 םולש def", LeftToRight},
		{"", "שלום 123 abc", "abc 123 םולש", RightToLeft},
		{"en", "שלום 123 abc", "123 םולש abc", LeftToRight},
		{"he", "iPhone 18 בישראל", "לארשיב iPhone 18", RightToLeft},
		{"he", "iPhone 18", "iPhone 18", LeftToRight},
		{"ar", "سعر 3.50% اليوم", "مويلا %3.50 رعس", RightToLeft},
	} {
		b := s.Fit(Paragraph{Text: tt.text}, []Step{{SizePx: 48}}, Style{Weight: fonts.Bold, Lang: tt.lang}, Box{WidthPx: 1000})
		if got := fromLeft(s, tt.text, tt.lang); got != tt.visual || b.Dir != tt.dir {
			t.Errorf("%s in %q: from left to right %q (%s), want %q", tt.text, tt.lang, got, b.Dir, tt.visual)
		}
	}
	if b := s.Fit(Paragraph{Text: "애플 iPhone 18, עברית"}, []Step{{SizePx: 48}}, display, Box{WidthPx: 1000}); b.Dir != LeftToRight {
		t.Errorf("direction %s", b.Dir)
	}
}

// fromLeft returns a text as its glyphs are placed on a line, from left to right.
func fromLeft(s *Setter, text, lang string) string {
	sh := s.shape(Paragraph{Text: text}, Style{Weight: fonts.Bold, Lang: lang})
	var visual strings.Builder
	order := visualOrder(sh.clusters)
	for n := range sh.clusters {
		i := n
		if order != nil {
			i = order[n]
		}
		visual.WriteString(string(sh.runes[sh.clusters[i].start:sh.clusters[i].end]))
	}
	return visual.String()
}

// TestMarksAloneTurn sets marks without letters: in a language written from right to left they are mirrored (Annex #9,
// BidiMirroring).
func TestMarksAloneTurn(t *testing.T) {
	s := setter(t)
	set := func(lang, text string) (ids []font.GID, dir Direction) {
		b := s.Fit(Paragraph{Text: text}, []Step{{SizePx: 48}}, Style{Weight: fonts.Bold, Lang: lang}, Box{WidthPx: 1000})
		for _, g := range b.Lines[0].glyphs {
			ids = append(ids, g.id)
		}
		return ids, b.Dir
	}
	for _, tt := range []struct{ lang, text, as string }{
		{"ar", "«", "»"}, {"fa", "«", "»"}, {"fa-IR", "»", "«"}, {"he", "(", ")"}, {"ar", "“", "“"}, {"ar", "18", "18"}, {"ar", "3.50%", "3.50%"},
		{"en", "«", "«"}, {"", "«", "«"},
	} {
		got, dir := set(tt.lang, tt.text)
		want, _ := set("en", tt.as)
		if !slices.Equal(got, want) || dir != directionOfLanguage(tt.lang) {
			t.Errorf("%s in %q is drawn %s as %v, want %v", tt.text, tt.lang, dir, got, want)
		}
	}
}

func TestMissingCharactersAreSeenAndNamed(t *testing.T) {
	s := setter(t)
	b := s.Fit(Paragraph{Text: "a\U00012000b"}, []Step{{SizePx: 48}}, display, Box{WidthPx: 1000})
	if string(b.Missing) != "\U00012000" {
		t.Errorf("missing %q", string(b.Missing))
	}
	if b := s.Fit(Paragraph{Text: "a\U0001e130b"}, []Step{{SizePx: 48}}, display, Box{WidthPx: 1000}); string(b.Missing) != "\U0001e130" {
		t.Errorf("of a letter and a mark, %q is missing", string(b.Missing))
	}
	if box := b.Lines[0].glyphs[1]; box.font != nil || box.advance != boxAdvance {
		t.Errorf("drawn as %+v", box)
	}
}
