package raster

import (
	"image"
	"image/color"
	"testing"

	"newsroom.example/cards/internal/png"
)

// TestCanvasesKeepTheirSize: a small card between large ones needs no new canvas. The pool may drop canvases, but not
// every time.
func TestCanvasesKeepTheirSize(t *testing.T) {
	var p Pool
	for range 20 {
		large := p.Get(1200, 630)
		first := &large.Pix[0]
		p.Put(large)
		small := p.Get(200, 200)
		if len(small.Pix) != 4*200*200 {
			t.Fatalf("%d bytes for a small card", len(small.Pix))
		}
		p.Put(small)
		if again := p.Get(1200, 630); &again.Pix[0] == first {
			return
		}
	}
	t.Error("no large canvas was used again after a small card")
}

// TestCover: after Cover all pixels are paper, those that were drawn and, if the paper is another, all others.
func TestCover(t *testing.T) {
	red := color.NRGBA{200, 10, 20, 255}
	white := color.NRGBA{255, 255, 255, 255}
	c := New(20, 12)
	for _, tt := range []struct {
		paper color.NRGBA
		after image.Rectangle // rectangle that Cover paints
	}{
		{red, image.Rect(3, 0, 9, 2)}, {red, image.Rect(0, 11, 20, 12)}, {white, image.Rect(-5, 4, 50, 7)},
		{red, image.Rect(0, 0, 20, 12)}, {red, image.Rectangle{}},
	} {
		c.Cover(tt.paper)
		for y := range 12 {
			for x := range 20 {
				if got := color.NRGBA(c.RGBAAt(x, y)); got != tt.paper {
					t.Fatalf("%d,%d is %v, not %v", x, y, got, tt.paper)
				}
			}
		}
		c.Touch(tt.after)
		Fill(&c.RGBA, tt.after, color.NRGBA{1, 2, 3, 255})
		for y, ink := range c.Painted() {
			painted := tt.after.Intersect(image.Rect(0, y, 20, y+1))
			if want := (png.Span{From: painted.Min.X, To: painted.Max.X}); ink != want {
				t.Errorf("row %d: ink in %v, painted %v", y, ink, want)
			}
		}
	}
}
