package render

import (
	"bytes"
	"image"
	"image/color"
	"maps"
	"slices"
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/png"
)

// TestLeavesKeepTheirSize: a small card between large ones costs no new canvas. The pool may
// drop what it is given, but does not each time.
func TestLeavesKeepTheirSize(t *testing.T) {
	var p leaves
	for range 20 {
		large := p.take(1200, 630)
		first := &large.Pix[0]
		p.give(large)
		small := p.take(200, 200)
		if len(small.Pix) != 4*200*200 {
			t.Fatalf("%d bytes for a small card", len(small.Pix))
		}
		p.give(small)
		if again := p.take(1200, 630); &again.Pix[0] == first {
			return
		}
	}
	t.Error("no large canvas was used again after a small card")
}

// TestLeafCovers: what was touched is paper again, and all of it where the paper is another.
func TestLeafCovers(t *testing.T) {
	red := color.NRGBA{200, 10, 20, 255}
	var l leaf
	l.resize(image.Rect(0, 0, 20, 12))
	for _, tt := range []struct {
		paper color.NRGBA
		after image.Rectangle // that is painted then
	}{{red, image.Rect(3, 0, 9, 2)}, {red, image.Rect(0, 11, 20, 12)}, {white, image.Rect(-5, 4, 50, 7)}, {red, image.Rect(0, 0, 20, 12)}, {red, image.Rectangle{}}} {
		l.cover(tt.paper)
		for y := range 12 {
			for x := range 20 {
				if got := color.NRGBA(l.RGBAAt(x, y)); got != tt.paper {
					t.Fatalf("%d,%d is %v, not %v", x, y, got, tt.paper)
				}
			}
		}
		l.touch(tt.after)
		fill(&l.RGBA, Fill{tt.after, color.NRGBA{1, 2, 3, 255}})
		for y, ink := range l.ink {
			painted := tt.after.Intersect(image.Rect(0, y, 20, y+1))
			if want := (png.Span{From: painted.Min.X, To: painted.Max.X}); ink != want {
				t.Errorf("row %d: ink in %v, painted %v", y, ink, want)
			}
		}
	}
}

// TestUsedLeaves: a card has the same pixels on a canvas that others were drawn on, beside its
// ink is its paper, and to know that changes nothing in its file.
func TestUsedLeaves(t *testing.T) {
	used, fresh := renderer(t), renderer(t)
	known, cards, themes := 0, 0, used.Themes()
	for _, template := range used.Templates() {
		for _, name := range slices.Sorted(maps.Keys(stories)) {
			c := normal(t, stories[name], card.OpenGraph)
			c.Theme, c.Template = themes[cards/2%len(themes)], template // two cards on each paper
			cards++
			fresh.pool = leaves{}
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

// wantPaper holds a drawing to the paper beside its ink, and tells how many pixels that is.
func wantPaper(t *testing.T, d *Drawing) (n int) {
	t.Helper()
	p, width := d.leaf.paper, d.Image.Rect.Dx()
	row := bytes.Repeat([]byte{p.R, p.G, p.B, 255}, width)
	for y, ink := range d.leaf.ink {
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
