package photo

import (
	"image"
	"image/color"
	"testing"

	"newsroom.example/cards/internal/scene"
)

// sheets is a paper with another one.
type sheets struct{ color.Color }

func (sheets) Other() color.Color { return color.NRGBA{20, 24, 30, 255} }

// marks returns a picture with stripes of an ink on a clear ground, over a share of its width.
func marks(w, h int, ink color.NRGBA, share float64) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range int(share * float64(w)) {
			if x/9%2 == 0 {
				m.SetNRGBA(x, y, ink)
			}
		}
	}
	return m
}

// TestInkIsSeen: light ink lies on the other paper, other ink and opaque pictures on the first.
func TestInkIsSeen(t *testing.T) {
	white, grey, red, black := color.NRGBA{255, 255, 255, 255}, color.NRGBA{150, 150, 150, 255}, color.NRGBA{200, 30, 30, 255}, color.NRGBA{0, 0, 0, 255}
	paper := sheets{white}
	mixed := marks(600, 200, white, 1)
	for x := range 200 {
		for y := range 200 {
			mixed.SetNRGBA(x, y, black)
		}
	}
	round := image.NewNRGBA(image.Rect(0, 0, 100, 100))
	for i := range round.Pix[400:] {
		round.Pix[400+i] = 255
	}
	for _, tt := range []struct {
		name string
		m    image.Image
		want color.Color
	}{
		{"white", marks(600, 200, white, 1), paper.Other()},
		{"a little white", marks(600, 200, white, .1), paper.Other()},
		{"half transparent", marks(600, 200, color.NRGBA{255, 255, 255, 90}, 1), paper.Other()},
		{"yellow", marks(600, 200, color.NRGBA{255, 240, 150, 255}, 1), paper.Other()},
		{"grey", marks(600, 200, grey, 1), white}, {"red", marks(600, 200, red, 1), white},
		{"black", marks(600, 200, black, 1), white}, {"black with white", mixed, white},
		{"nothing", marks(600, 200, white, 0), white}, {"opaque", scene.Photo(60, 40, 3, 1), white},
		{"a corner is clear", round, white},
	} {
		if got := paperFor(tt.m, paper); color.NRGBAModel.Convert(got) != color.NRGBAModel.Convert(tt.want) {
			t.Errorf("%s: on %v, want %v", tt.name, got, tt.want)
		}
		if got := paperFor(tt.m, white); got != white {
			t.Errorf("%s: on %v where there is one paper", tt.name, got)
		}
	}
}

// TestAllPartsLieOnOnePaper: a part and the whole, at every scale, of a PNG, have the paper that suits the whole.
func TestAllPartsLieOnOnePaper(t *testing.T) {
	m := marks(2400, 1600, color.NRGBA{255, 255, 255, 255}, 1)
	for y := range 1600 { // a part with dark ink
		for x := range 300 {
			m.SetNRGBA(x, y, color.NRGBA{0, 0, 0, uint8(255 * (x / 9 % 2))})
		}
	}
	d, file := NewDecoder(DefaultDecodeBytes), scene.PNG(m)
	for _, crop := range []image.Rectangle{image.Rect(0, 0, 250, 250), image.Rect(2000, 800, 2300, 1100), {Max: image.Pt(2400, 1600)}} {
		for _, need := range []int{100, 2400} {
			err := d.Decode(t.Context(), file, sheets{color.White}, func(p *Photo) error {
				img, at, err := p.Pixels(crop, image.Pt(need, need))
				if err != nil {
					return err
				}
				clear := 0
				for x := at.Min.X; x < at.Max.X; x++ {
					if c := color.NRGBAModel.Convert(img.At(x, at.Min.Y+1)).(color.NRGBA); c == (color.NRGBA{20, 24, 30, 255}) {
						clear++
					}
				}
				if 10*clear < 2*at.Dx() && need == 2400 || color.NRGBAModel.Convert(img.At(at.Min.X+1, at.Min.Y+1)) == (color.NRGBA{255, 255, 255, 255}) && crop.Min.X == 0 {
					t.Errorf("%v for %d: %d of %d columns show the other paper", crop, need, clear, at.Dx())
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	}
}
