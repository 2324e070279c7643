package text

import (
	"image"
	"image/color"
	"math/rand/v2"
	"strings"
	"testing"
)

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
		slack := .25 * lineHeightEm * b.SizePx // combining marks may leave their line by a quarter of its height
		if top, foot := 100-slack, 100+b.HeightPx+slack; float64(r.Min.Y) < top-1 || float64(r.Max.Y) > foot+1 {
			t.Errorf("%s: ink from %d to %d in 100 to %.0f", why, r.Min.Y, r.Max.Y, 100+b.HeightPx)
		}
	}
}
