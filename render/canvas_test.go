package render

import (
	"bytes"
	"image/color"
	"maps"
	"slices"
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/render/raster"
)

// TestUsedCanvases: a card has the same pixels on a reused canvas. All pixels outside its ink are paper, and passing
// the ink to the encoder does not change the file.
func TestUsedCanvases(t *testing.T) {
	used, fresh := renderer(t), renderer(t)
	known, cards, themes := 0, 0, used.Themes()
	for _, template := range used.Templates() {
		for _, name := range slices.Sorted(maps.Keys(stories)) {
			c := normal(t, stories[name], card.OpenGraph)
			c.Theme, c.Template = themes[cards/2%len(themes)], template // two cards for each paper
			cards++
			fresh.pool = raster.Pool{}
			got, want := drawOn(t, used, c), drawOn(t, fresh, c)
			if !bytes.Equal(got.Image.Pix, want.Image.Pix) {
				t.Fatalf("%s in %s, %s: other pixels on a used canvas", name, template, c.Theme)
			}
			known += wantPaper(t, got)
			got.Release()
		}
	}
	if known == 0 {
		t.Error("no paper of any card is known")
	}
}

func drawOn(t *testing.T, r *Renderer, c card.Card) *Drawing {
	t.Helper()
	d, err := r.Draw(t.Context(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// wantPaper checks that all pixels outside the ink are paper, and returns their number.
func wantPaper(t *testing.T, d *Drawing) (n int) {
	t.Helper()
	p, width := paperOf(t, d), d.Image.Rect.Dx()
	row := bytes.Repeat([]byte{p.R, p.G, p.B, 255}, width)
	for y, ink := range d.canvas.Painted() {
		pix := d.Image.Pix[y*d.Image.Stride:][:len(row)]
		if !bytes.Equal(pix[:4*ink.From], row[:4*ink.From]) || !bytes.Equal(pix[4*ink.To:], row[4*ink.To:]) {
			t.Fatalf("row %d is not paper beside %v", y, ink)
		}
		n += width - (ink.To - ink.From)
	}
	var known, looked bytes.Buffer
	if err := d.Encode(&known, Encoding{Format: PNG}); err != nil {
		t.Fatal(err)
	}
	if err := Encode(&looked, d.Image, Encoding{Format: PNG}); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(known.Bytes(), looked.Bytes()) {
		t.Fatalf("%d bytes, and %d where all is looked at", known.Len(), looked.Len())
	}
	return n
}

// paperOf returns the colour of the last fill that covers the whole card.
func paperOf(t *testing.T, d *Drawing) (paper color.NRGBA) {
	t.Helper()
	for _, op := range d.Plan.Ops {
		if f, ok := op.(Fill); ok && f.Rect == d.Image.Rect {
			paper = f.Color
		}
	}
	return paper
}
