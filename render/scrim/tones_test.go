package scrim

import (
	"image/color"
	"testing"

	"newsroom.example/cards/internal/design"
)

// TestTonesAreRatios: the tables give exactly the results of the formula.
func TestTonesAreRatios(t *testing.T) {
	for _, ink := range []color.NRGBA{{255, 255, 255, 255}, {17, 17, 17, 255}, {255, 255, 255, 217}, {214, 0, 28, 255}, {30, 60, 90, 128}} {
		shade := Veil{Color: color.NRGBA{8, 10, 14, 255}}
		under := func(c color.NRGBA) color.NRGBA { return shade.over(c, 0.35) }
		plain, shaded := NewTones(ink), newTones(ink, under)
		for v := range 4096 {
			px := color.NRGBA{uint8(v * 37), uint8(v * 101 >> 3), uint8(v * 11 >> 1), 255}
			if got, want := plain.ratio(px.R, px.G, px.B), design.Contrast(ink, px); got != want {
				t.Fatalf("%v on %v: %v, want %v", ink, px, got, want)
			}
			if got, want := shaded.ratio(px.R, px.G, px.B), design.Contrast(ink, under(px)); got != want {
				t.Fatalf("%v on %v, shaded: %v, want %v", ink, px, got, want)
			}
		}
	}
}
