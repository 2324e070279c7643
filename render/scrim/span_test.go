package scrim

import (
	"image"
	"image/color"
	"math/rand/v2"
	"testing"

	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/internal/scene"
	"newsroom.example/cards/internal/simd"
)

// needAVX2 skips the test if there is no AVX2 to compare with.
func needAVX2(t testing.TB) {
	t.Helper()
	if !simd.AVX2 {
		t.Skip("no AVX2 here: nothing to compare with")
	}
}

// noise returns n random bytes, with many minimum and maximum values.
func noise(r *rand.Rand, n int) []uint8 {
	b := make([]uint8, n)
	for i := range b {
		switch r.IntN(8) {
		case 0:
			b[i] = 0
		case 1:
			b[i] = 255
		default:
			b[i] = uint8(r.Uint32())
		}
	}
	return b
}

// TestSpanVectors: span and brightness are the same with vector instructions and without.
func TestSpanVectors(t *testing.T) {
	needAVX2(t)
	r := rand.New(rand.NewPCG(9, 10))
	for range 5000 {
		px := noise(r, 4*(1+r.IntN(150)))
		if got, want := spanOf(px), spanEach(px); got != want {
			t.Fatalf("%d pixels: %v, want %v", len(px)/4, got, want)
		}
		least, most := brightnesses(px)
		if l, m := brightnessesEach(px); least != l || most != m {
			t.Fatalf("%d pixels: %d to %d, want %d to %d", len(px)/4, least, most, l, m)
		}
	}
}

// TestLeast: no pixel within a span has less contrast than the span says, to the last bit.
func TestLeast(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	shade := Veil{Color: color.NRGBA{8, 10, 14, 255}}
	for _, ink := range []color.NRGBA{{255, 255, 255, 255}, {17, 17, 17, 255}, {255, 255, 255, 180}, {214, 0, 28, 255}, {90, 120, 130, 90}} {
		for _, share := range []float64{0, 0.3, 0.77} {
			tones := newTones(ink, func(c color.NRGBA) color.NRGBA { return shade.over(c, share) })
			for range 2000 {
				px, around := noise(r, 3*8), 1+r.IntN(40)
				for i := range px { // pixels of similar colours
					px[i] = uint8(min(255, int(px[i%3])+r.IntN(around)))
				}
				row := make([]uint8, 0, 32)
				for i := range 8 {
					row = append(row, px[3*i], px[3*i+1], px[3*i+2], 255)
				}
				least := tones.least(spanOf(row))
				for i := 0; i < len(row); i += 4 {
					if got := tones.ratio(row[i], row[i+1], row[i+2]); got < least {
						t.Fatalf("ink %v on %v: %v, under the span's %v", ink, row[i:i+3], got, least)
					}
				}
			}
		}
	}
}

// everyPixel is a simple version of Needed: it tries the brightest pixel, the darkest, then all of them.
func everyPixel(s Veil, canvas *image.RGBA, box image.Rectangle, ink color.NRGBA) (need float64) {
	raise := func(c color.RGBA) {
		for need < 0.98 && design.Contrast(ink, s.over(color.NRGBA(c), need)) < s.Contrast {
			need += 0.005
		}
	}
	bright, dark := canvas.RGBAAt(box.Min.X, box.Min.Y), canvas.RGBAAt(box.Min.X, box.Min.Y)
	all := func(look func(c color.RGBA)) {
		for y := box.Min.Y; y < box.Max.Y; y++ {
			for x := box.Min.X; x < box.Max.X; x++ {
				look(canvas.RGBAAt(x, y))
			}
		}
	}
	all(func(c color.RGBA) {
		if Brightness(c.R, c.G, c.B) > Brightness(bright.R, bright.G, bright.B) {
			bright = c
		}
		if Brightness(c.R, c.G, c.B) < Brightness(dark.R, dark.G, dark.B) {
			dark = c
		}
	})
	raise(bright)
	raise(dark)
	all(raise)
	return need
}

// TestNeededMissesNoPixel: the pixels that Needed skips would not need a stronger scrim, even if ink and shade have
// the same tone and no scrim helps.
func TestNeededMissesNoPixel(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	colours := []color.NRGBA{{255, 255, 255, 255}, {17, 17, 17, 255}, {0, 0, 0, 255}, {255, 255, 255, 217}, {214, 0, 28, 255}, {120, 120, 140, 255}}
	for seed := range uint64(6) {
		canvas := scene.Photo(400, 240, int(5*seed), seed)
		for _, ink := range colours {
			for _, ground := range colours {
				s := Veil{color.NRGBA{ground.R, ground.G, ground.B, 255}, 3 + 4*r.Float64()}
				at := image.Pt(r.IntN(200), r.IntN(200))
				box := image.Rectangle{Min: at, Max: at.Add(image.Pt(1+r.IntN(200), 1+r.IntN(40)))}
				if got, want := s.Needed(canvas, box, ink, 1), everyPixel(s, canvas, box, ink); got != want {
					t.Fatalf("%v under %v on scene %d, %v: %v, want %v", ink, ground, seed, box, got, want)
				}
				tones, lowest := NewTones(ink), 21.0
				for y := box.Min.Y; y < box.Max.Y; y++ {
					for x := box.Min.X; x < box.Max.X; x++ {
						lowest = min(lowest, design.Contrast(ink, color.NRGBA(canvas.RGBAAt(x, y))))
					}
				}
				if got := tones.Lowest(canvas, box, 21); got != lowest {
					t.Fatalf("%v on scene %d, %v: %v, want %v", ink, seed, box, got, lowest)
				}
			}
		}
	}
}
