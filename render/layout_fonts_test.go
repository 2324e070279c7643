package render

import (
	"bytes"
	"image"
	"image/color"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/fonts"
	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/render/text"
)

// twoCuts is a theme whose cut for large headlines has hairlines.
const twoCuts = `[colors]
paper = "#ffffff"
ink = "#101010"
quiet = "#505050"
accent = "#8c1d18"

[headline]
fonts = ["Noto Serif Display", "Noto Serif CJK KR", "Noto Naskh Arabic", "Noto Serif Hebrew", "Noto Serif Thai"]
small_fonts = ["Noto Serif", "Noto Serif CJK KR", "Noto Naskh Arabic", "Noto Serif Hebrew", "Noto Serif Thai"]
weight = 700
`

// ownTheme returns a renderer that also has the theme of a file.
func ownTheme(t *testing.T, name, file string) *Renderer {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, name+".toml"), []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	set, err := fonts.Load()
	if err != nil {
		t.Fatal(err)
	}
	designs, err := design.OpenFolder(dir, set.Families())
	if err != nil {
		t.Fatal(err)
	}
	return New(set, designs.Current)
}

// TestSmallFonts draws headlines in a theme with two cuts. On photos, below 70 design pixels and beside letters that have
// one cut only, the small fonts are used.
func TestSmallFonts(t *testing.T) {
	r := ownTheme(t, "cuts", twoCuts)
	coast := photos(900, 600)["coast"]
	long := strings.Repeat("Storm stalls off the coast – 185 m.p.h. winds ", 3)
	sizes := map[bool]int{}
	for _, tt := range []struct {
		headline, template string
		photo              image.Image
		step               int
		shared             bool
	}{
		{"Storm stalls", "text", nil, 0, false}, {"Storm stalls", "photo", coast, 0, false},
		{"Storm stalls", "split", coast, 0, false}, {long, "text", nil, 0, false}, {long, "split", coast, 0, false},
		{long, "photo", coast, 0, false}, {"Шторм стих", "text", nil, 0, false}, {"Storm stalls", "text", nil, -2, false},
		{"“Storm stalls”", "quote", nil, 0, false}, {"Storm 12", "number", nil, 0, false},
		{"애플 42 AI 열풍, 3월 17일 시장에 12% 뛰다", "text", nil, 0, true}, {"הסופה 42 נעצרת 17 בחוף 23 היום", "text", nil, 0, true}, {"พายุ 42 ลูก", "text", nil, 0, true},
		{"بقاء 42 سفينة قبالة 17 ميناء", "text", nil, 0, true},
	} {
		for _, size := range []card.Size{card.OpenGraph, card.Story} {
			if tt.shared && size == card.Story {
				continue // its lines may have no figures, by which the cuts differ
			}
			c := normal(t, card.Card{Headline: tt.headline, Template: tt.template, Theme: "cuts", FontStep: tt.step}, size)
			plan, err := r.Plan(t.Context(), c, decodedOnce(tt.photo))
			if err != nil {
				t.Fatal(err)
			}
			look, err := r.look(c, tt.photo != nil)
			if err != nil {
				t.Fatal(err)
			}
			l := newLayout(r.setter, c, look.theme, look.template, nil)
			run := headlineIn(t, plan)
			large := run.Block.SizePx >= 70*l.k
			sizes[large]++
			want, other := look.theme.Headline.SmallFamilies, look.theme.Headline.Families
			if large && run.Ink == look.theme.Ink && !tt.shared {
				want, other = other, want
			}
			drawnIn := func(line, families string) []byte {
				style := l.style(look.theme.Headline, 0)
				style.Families, style.Display = families, true
				step := text.Step{SizePx: run.Block.SizePx, Tight: design.Tight(round(run.Block.SizePx / l.k))}
				b := r.setter.Fit(text.Paragraph{Text: line}, []text.Step{step}, style, text.Box{WidthPx: 1e4})
				return pixelsOf(r.setter, b.Lines[0])
			}
			for _, line := range run.Block.Lines {
				got := pixelsOf(r.setter, line)
				if !bytes.Equal(got, drawnIn(line.Text, want)) || bytes.Equal(got, drawnIn(line.Text, other)) {
					t.Errorf("%s, %s, %v px: %q is not drawn in %q", tt.template, size, run.Block.SizePx, line.Text, want)
				}
			}
		}
	}
	if sizes[true] < 8 || sizes[false] < 6 {
		t.Errorf("large headlines (true) and others: %v", sizes)
	}
}

// pixelsOf returns the pixels of a line.
func pixelsOf(setter *text.Setter, line text.Line) []byte {
	img := image.NewRGBA(setter.Ink(line))
	setter.Draw(img, line, 0, 0, text.Inks{Body: color.NRGBA{A: 255}})
	return img.Pix
}

func headlineIn(t *testing.T, p Plan) Run {
	t.Helper()
	for _, op := range p.Ops {
		if run, ok := op.(Run); ok && (run.Role == "headline" || run.Role == "quotation") {
			return run
		}
	}
	t.Fatal("the card shows no headline")
	return Run{}
}
