package text

import (
	"image"
	"image/color"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"newsroom.example/cards/fonts"
)

// fuzzTexts are seeds: scripts, directions, marks, emoji, and difficult combinations.
var fuzzTexts = append([]string{
	"a b שלום c", "שלום 18 iPhone עולם", "سعر 3.50% اليوم abc", "「『天』」。、っー", "AV fi ffi Ångström", "z\u0301\u0302\u0303\u0304 q",
	"👩‍👩‍👧‍👦🇰🇷👍🏽3️⃣❤️❤\ufe0e", "クリスタルパレス ﷽ क्षत्रिय ผู้ที่", "»so« „so“ ”so” « so »", "extra\u00adordinary\u00a0\u200b\u2060x", "\u202ea\u2067ב\u2069 \U00012000 \u3164",
}, headlines...)

// FuzzNothingIsLostOrDoubled sets any text: the lines have every rune once, in order, except for the white space
// between them and added hyphens. No line is wider than its box, and setting the text again gives the same lines.
func FuzzNothingIsLostOrDoubled(f *testing.F) {
	for _, h := range fuzzTexts {
		f.Add(h, uint16(400))
		f.Add(h, uint16(20))
	}
	s := setter(f)
	f.Fuzz(func(t *testing.T, text string, width uint16) {
		p, box := fuzzed(text), Box{WidthPx: 60 + float64(width%2000)}
		style := display
		style.HangPx = float64(width % 48)
		b := s.Fit(p, []Step{{SizePx: 40}}, style, box)
		if b.Truncated {
			t.Skip("a grapheme is wider than the box")
		}
		if got, want := inked(bodies(b)), inked(p.Text); got != want {
			t.Fatalf("set %q as %q", want, got)
		}
		for _, l := range b.Lines {
			if l.WidthPx > box.WidthPx || l.HangPx > style.HangPx {
				t.Fatalf("%q is %v px wide in %v", l.Text, l.WidthPx, box.WidthPx)
			}
		}
		again := s.Fit(p, []Step{{SizePx: 40}}, style, box)
		if diff := cmp.Diff(b, again, cmp.AllowUnexported(Line{}, placed{}, glyph{}), cmp.Comparer(func(a, b *fonts.Font) bool { return a == b })); diff != "" {
			t.Fatal(diff)
		}
	})
}

// FuzzWidthsAreWhatIsPainted draws any text: the glyphs end at the width, except for the tracking of one letter, and
// every changed pixel belongs to a glyph of the line.
func FuzzWidthsAreWhatIsPainted(f *testing.F) {
	for _, h := range fuzzTexts {
		f.Add(h, uint16(300), uint8(1))
	}
	s := setter(f)
	f.Fuzz(func(t *testing.T, text string, width uint16, eighths uint8) {
		size := 12 + float64(eighths)/8
		style := display
		style.HangPx = float64(width % 64)
		b := s.Fit(fuzzed(text), []Step{{SizePx: size, MaxLines: 3}}, style, Box{WidthPx: 200 + float64(width%1000)})
		for _, l := range b.Lines {
			if len(l.Fragments) == 0 {
				continue
			}
			last := l.Fragments[len(l.Fragments)-1]
			end := last.XPx + last.WidthPx
			if b.Dir == RightToLeft {
				end -= l.HangPx
			}
			if slack := .03 * size; end < l.WidthPx-slack || end > l.WidthPx+slack {
				t.Fatalf("%q is %v px wide, its pen ends at %v", l.Text, l.WidthPx, end)
			}
			if touched, ink := painted(s, l, size), s.Ink(l); !touched.In(ink) {
				t.Fatalf("%q touches %v, its glyphs %v", l.Text, touched, ink)
			}
		}
	})
}

// painted returns the bounds of the pixels that change when the line is drawn at the origin.
func painted(s *Setter, l Line, size float64) image.Rectangle {
	room := int(3*size) + 100
	img := image.NewRGBA(image.Rect(-room, -room, int(l.WidthPx)+room, room))
	black := color.NRGBA{A: 255}
	s.Draw(img, l, 0, 0, Inks{black, black})
	var touched image.Rectangle
	for i := 3; i < len(img.Pix); i += 4 {
		if img.Pix[i] != 0 {
			x, y := i/4%img.Rect.Dx()-room, i/4/img.Rect.Dx()-room
			touched = touched.Union(image.Rect(x, y, x+1, y+1))
		}
	}
	return touched
}

// fuzzed returns at most 300 characters of valid text.
func fuzzed(text string) Paragraph {
	runes := []rune(strings.ToValidUTF8(text, ""))
	return Paragraph{Text: string(runes[:min(len(runes), 300)])}
}

// bodies returns the lines without added hyphens.
func bodies(b Block) string {
	var whole strings.Builder
	for _, l := range b.Lines {
		body := l.Text
		if l.Hyphen {
			body = strings.TrimSuffix(body, "-")
		}
		whole.WriteString(body)
	}
	return whole.String()
}

// inked returns the text without white space and control characters.
func inked(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			return -1
		}
		return r
	}, s)
}
