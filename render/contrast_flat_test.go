package render

import (
	"image"
	"image/color"
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/render/raster"
)

// TestFlatContrastIsMeasured compares the contrast that is computed from colours with the one measured in the
// pixels, in every template and theme.
func TestFlatContrastIsMeasured(t *testing.T) {
	r := renderer(t)
	known := 0
	for _, theme := range r.Themes() {
		for _, template := range r.Templates() {
			for name, story := range stories {
				c := normal(t, story, card.OpenGraph)
				c.Theme, c.Template = theme, template
				plan, canvas, err := r.ground(t.Context(), c, nil)
				if err != nil {
					t.Fatal(err)
				}
				got, ok := flatContrast(canvas.Rect, plan.Ops)
				if want := measure(&canvas.RGBA, plan.Ops); ok && got != want {
					t.Errorf("%s in %s, %s: %v, the pixels have %v", name, template, theme, got, want)
				}
				if ok {
					known++
				}
				r.pool.Put(canvas)
			}
		}
	}
	if known == 0 {
		t.Error("no card lies on paper")
	}
}

func TestGroundOf(t *testing.T) {
	red, blue := color.NRGBA{200, 0, 0, 255}, color.NRGBA{0, 0, 200, 255}
	paper := Fill{image.Rect(0, 0, 100, 100), red}
	band := Fill{image.Rect(0, 50, 100, 100), blue}
	photo := Picture{Rect: image.Rect(60, 0, 100, 40)}
	for i, tt := range []struct {
		ops  []Op
		box  image.Rectangle
		want string
	}{
		{[]Op{paper}, image.Rect(10, 10, 90, 20), "#c80000/255"},
		{[]Op{paper, band}, image.Rect(10, 60, 90, 70), "#0000c8/255"},
		{[]Op{paper, band}, image.Rect(10, 40, 90, 60), ""},
		{[]Op{paper, photo}, image.Rect(10, 10, 50, 20), "#c80000/255"},
		{[]Op{paper, photo}, image.Rect(10, 10, 70, 20), ""},
		{[]Op{paper, photo, band}, image.Rect(10, 60, 70, 80), "#0000c8/255"},
		{[]Op{paper, Shade{Rect: photo.Rect}}, image.Rect(70, 10, 80, 20), ""},
		{[]Op{paper, Field{Rect: photo.Rect}}, image.Rect(70, 10, 80, 20), ""},
		{[]Op{band}, image.Rect(10, 10, 80, 20), ""},
	} {
		ground, ok := groundOf(tt.ops, tt.box)
		if got := hex(ground); ok != (tt.want != "") || ok && got != tt.want {
			t.Errorf("%d: %s %v, want %q", i, got, ok, tt.want)
		}
	}
}

// TestRulesCoverTheirPixels: rules cover whole pixels, and are mixed with the ground if they are not opaque.
func TestRulesCoverTheirPixels(t *testing.T) {
	canvas := raster.New(20, 20)
	canvas.Cover(white)
	paintMarks(canvas, []Op{
		Rule{Rect: image.Rect(2, 2, 8, 4), Color: color.NRGBA{10, 20, 30, 255}},
		Rule{Rect: image.Rect(2, 10, 8, 12), Color: color.NRGBA{0, 0, 0, 51}},
		Rule{Rect: image.Rect(15, 18, 40, 40), Color: color.NRGBA{10, 20, 30, 255}},
	})
	for _, tt := range []struct {
		x, y int
		want color.RGBA
	}{
		{2, 2, color.RGBA{10, 20, 30, 255}}, {7, 3, color.RGBA{10, 20, 30, 255}}, {8, 3, color.RGBA{255, 255, 255, 255}},
		{1, 2, color.RGBA{255, 255, 255, 255}}, {2, 4, color.RGBA{255, 255, 255, 255}},
		{2, 10, color.RGBA{204, 204, 204, 255}}, {7, 11, color.RGBA{204, 204, 204, 255}},
		{19, 19, color.RGBA{10, 20, 30, 255}},
	} {
		if got := canvas.RGBAAt(tt.x, tt.y); got != tt.want {
			t.Errorf("%d,%d: %v, want %v", tt.x, tt.y, got, tt.want)
		}
	}
}
