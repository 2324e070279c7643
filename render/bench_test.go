package render

import (
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/scene"
	"newsroom.example/cards/render/raster"
)

// BenchmarkShade measures the scrim: computing its strength, and drawing it.
func BenchmarkShade(b *testing.B) {
	r := renderer(b)
	plan, err := r.Plan(b.Context(), normal(b, stories["long"], card.OpenGraph), Decoded(photos(1200, 630)["coast"]))
	if err != nil {
		b.Fatal(err)
	}
	canvas := scene.Photo(1200, 630, 10, 3)
	for _, op := range plan.Ops {
		if shade, ok := op.(Shade); ok {
			b.Run("solve", func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					shade.solve(canvas, plan.Ops, false)
				}
			})
			b.Run("paint", func(b *testing.B) {
				for b.Loop() {
					shade.paint(canvas)
				}
			})
		}
	}
	b.Run("measure", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			measure(canvas, plan.Ops)
		}
	})
}

// BenchmarkText measures the text of a card: shaping, line breaking and drawing.
func BenchmarkText(b *testing.B) {
	r := renderer(b)
	c := normal(b, stories["korean"], card.OpenGraph)
	b.Run("layout", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := r.Layout(c, nil, Plan{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	plan, err := r.Layout(c, nil, Plan{})
	if err != nil {
		b.Fatal(err)
	}
	canvas := raster.New(1200, 630)
	b.Run("paint", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			for _, op := range plan.Ops {
				if run, ok := op.(Run); ok {
					paintRun(canvas, r.setter, run)
				}
			}
		}
	})
}
