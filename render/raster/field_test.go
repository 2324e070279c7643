package raster

import (
	"image"
	"image/color"
	"testing"
)

// TestSpreadShowsNoSteps spreads cells of two colours: every pixel is between the two, and neighbours differ only a
// little.
func TestSpreadShowsNoSteps(t *testing.T) {
	cells := image.NewRGBA(image.Rect(0, 0, 10, 5))
	for i := range cells.Pix {
		cells.Pix[i] = 40
		if i/4%10 > 4 {
			cells.Pix[i] = 220
		}
	}
	canvas := image.NewRGBA(image.Rect(0, 0, 600, 300))
	Spread(canvas, canvas.Rect, cells, color.NRGBA{})
	for y := range 300 {
		for x := 1; x < 600; x++ {
			a, b := int(canvas.Pix[canvas.PixOffset(x-1, y)]), int(canvas.Pix[canvas.PixOffset(x, y)])
			if b < 39 || b > 221 || b-a > 4 || a-b > 2 {
				t.Fatalf("%d beside %d at %d,%d", a, b, x, y)
			}
		}
	}
	if l, r := canvas.Pix[0], canvas.Pix[canvas.PixOffset(599, 299)]; l > 45 || r < 215 {
		t.Errorf("the ends are %d and %d", l, r)
	}
}
