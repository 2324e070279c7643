package text

import (
	"image"
	"image/color"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"cards/fonts"
)

// loaded is the embedded set, parsed once for all tests.
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

// headlines are set at 36 widths; no line after the first may begin with a closing mark, no
// Hangul word may stand on two lines, and none may end in a widow.
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

// wordSplit reports a Hangul word that was parted although it fits a line.
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
		{"Donaudampfschifffahrtsgesellschaft meldet Gewinn", 640, []string{"Donaudampfschifffahrtsge-", "sellschaft meldet Gewinn"}},
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
func TestEmojiAreOneGlyphInColour(t *testing.T) {
	s := setter(t)
	for _, emoji := range []string{"😀", "❤️", "👍🏽", "👩‍🚀", "👨‍👩‍👧‍👦", "🇰🇷", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "3️⃣", "🏳️‍🌈", "⚽", "⭐", "☔"} {
		b := s.Fit(Paragraph{Text: "a" + emoji + "b"}, []Step{{SizePx: 60}}, display, Box{WidthPx: 1000})
		line := b.Lines[0]
		if len(line.glyphs) != 3 || line.glyphs[1].font != s.set.Emoji() || len(b.Missing) > 0 {
			t.Errorf("%s: %d glyphs, missing %q", emoji, len(line.glyphs), string(b.Missing))
			continue
		}
		picture := s.masks.mask(maskKey{font: s.set.Emoji(), id: line.glyphs[1].id, size: 60 * 64})
		seen := 0
		for i := 0; i < len(picture.pix); i += 4 {
			if picture.pix[i+3] > 128 {
				seen++
			}
		}
		if !picture.colour || seen < 400 {
			t.Errorf("%s: %d pixels are seen", emoji, seen)
		}
	}
	for _, plain := range []string{"❤\ufe0e", "3", "#", "©", "→", "㈜", "①"} {
		b := s.Fit(Paragraph{Text: plain}, []Step{{SizePx: 60}}, display, Box{WidthPx: 1000})
		if g := b.Lines[0].glyphs[0]; g.font == nil || g.font == s.set.Emoji() {
			t.Errorf("%q is drawn by %+v", plain, g.font)
		}
	}
}

func TestEmojiScaleWithoutLoss(t *testing.T) {
	src := image.NewRGBA(image.Rect(0, 0, 136, 128))
	for i := range src.Pix {
		src.Pix[i] = 200
	}
	for _, size := range []image.Point{{20, 19}, {136, 128}, {135, 127}, {300, 282}, {1, 1}} {
		for i, v := range resize(src, size) {
			if v != 200 {
				t.Fatalf("at %v an even ground has %d at %d", size, v, i)
			}
		}
	}
}

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
	for _, tabular := range []bool{true, false} {
		st := Style{Weight: fonts.Bold, Tabular: tabular}
		if same := s.Width("1111", 48, st) == s.Width("0000", 48, st); same != tabular {
			t.Errorf("tabular %v: figures of one width: %v", tabular, same)
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

// A tail of any length is whole, and no line is wider than the box.
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

func TestDirections(t *testing.T) {
	s := setter(t)
	b := s.Fit(Paragraph{Text: "שלום 18 iPhone עולם"}, []Step{{SizePx: 48}}, display, Box{WidthPx: 1000})
	if b.Dir != RightToLeft {
		t.Errorf("direction %s", b.Dir)
	}
	var visual strings.Builder
	for _, f := range b.Lines[0].Fragments {
		visual.WriteString(f.Text)
	}
	if got := visual.String(); strings.Index(got, "18") < strings.Index(got, "iPhone") || !strings.Contains(got, "18") {
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
		var got strings.Builder
		for _, f := range b.Lines[0].Fragments {
			got.WriteString(f.Text)
		}
		if got.String() != tt.visual || b.Dir != tt.dir {
			t.Errorf("%s in %q: from left to right %q (%s), want %q", tt.text, tt.lang, got.String(), b.Dir, tt.visual)
		}
	}
	if b := s.Fit(Paragraph{Text: "애플 iPhone 18, עברית"}, []Step{{SizePx: 48}}, display, Box{WidthPx: 1000}); b.Dir != LeftToRight {
		t.Errorf("direction %s", b.Dir)
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

// ink is the bounds of the pixels that are not white.
func ink(img *image.RGBA) image.Rectangle {
	var r image.Rectangle
	for y := img.Rect.Min.Y; y < img.Rect.Max.Y; y++ {
		for x := img.Rect.Min.X; x < img.Rect.Max.X; x++ {
			if img.RGBAAt(x, y).R != 255 {
				r = r.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return r
}

func drawn(s *Setter, b Block, w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	black := color.NRGBA{A: 255}
	for i, l := range b.Lines {
		s.Draw(img, l, 100, 100+float64(i)*b.LeadingPx+b.AscentPx, Inks{black, black})
	}
	return img
}

func TestInkStaysInItsBox(t *testing.T) {
	s := setter(t)
	random := rand.New(rand.NewPCG(1, 2))
	words := strings.Fields("Storm front “stalls” over the WEST coast, Ångström naïve fjord 10조원 비핵화 협상 재개… 美 北 中企 明日の 天気は、 fly office ffi AVATAR — 3.50% (종합) שלום مرحبا हिन्दी ไทย")
	for range 60 {
		var text []string
		for range 1 + random.IntN(14) {
			text = append(text, words[random.IntN(len(words))])
		}
		width := 250 + float64(random.IntN(800))
		b := s.Fit(Paragraph{Text: strings.Join(text, " ")}, []Step{{SizePx: 70, MaxLines: 3}, {SizePx: 50, MaxLines: 4}, {SizePx: 30, MaxLines: 5}}, display, Box{WidthPx: width})
		r := ink(drawn(s, b, int(width)+200, 700))
		if slack := .08 * b.SizePx; float64(r.Min.X) < 100-slack || float64(r.Max.X) > 100+width+slack {
			t.Errorf("%q: ink from %d to %d in 100 to %.0f", texts(b), r.Min.X, r.Max.X, 100+width)
		}
		if float64(r.Max.X) > 101+b.WidthPx+.1*b.SizePx {
			t.Errorf("%q: ink ends at %d, the text at %.1f", texts(b), r.Max.X, 100+b.WidthPx)
		}
		if float64(r.Max.X) < 100+b.WidthPx-.75*b.SizePx {
			t.Errorf("%q: ink ends at %d, well before the text at %.1f", texts(b), r.Max.X, 100+b.WidthPx)
		}
	}
}

func TestPathologicalText(t *testing.T) {
	s := setter(t)
	for why, text := range map[string]string{
		"one long word": strings.Repeat("x", 1000), "zalgo": strings.Repeat("z"+strings.Repeat("\u0301", 30), 33),
		"a thousand marks": "z" + strings.Repeat("\u0301\u0316", 500), "marks alone": strings.Repeat("\u0301\u0316", 500),
		"ideographs": strings.Repeat("漢", 1000), "spaces": "a" + strings.Repeat("\u00a0", 998) + "b", "isolates": strings.Repeat("\u2067א\u2069", 300),
	} {
		b := s.Fit(Paragraph{Text: text}, []Step{{SizePx: 70, MaxLines: 3}, {SizePx: 50, MaxLines: 3}}, display, Box{WidthPx: 1072, HeightPx: 300})
		if len(b.Lines) == 0 || len(b.Lines) > 3 {
			t.Errorf("%s: %d lines", why, len(b.Lines))
		}
		for _, l := range b.Lines {
			if l.WidthPx > 1072 {
				t.Errorf("%s: line of %.0f px", why, l.WidthPx)
			}
		}
		r := ink(drawn(s, b, 1272, 600))
		slack := .25 * lineHeightEm * b.SizePx // marks may leave their line by a quarter of its height
		if top, foot := 100-slack, 100+b.HeightPx+slack; float64(r.Min.Y) < top-1 || float64(r.Max.Y) > foot+1 {
			t.Errorf("%s: ink from %d to %d in 100 to %.0f", why, r.Min.Y, r.Max.Y, 100+b.HeightPx)
		}
	}
}

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

// BenchmarkPathological fits texts that are as long and as awkward as a card may have.
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
