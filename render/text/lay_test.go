package text

import (
	"bytes"
	"image"
	"image/color"
	"math/rand/v2"
	"testing"

	"newsroom.example/cards/internal/simd"
)

// TestVectorsLayInkAsGoDoes compares AVX2 and Go for every coverage and all kinds of inks and grounds.
func TestVectorsLayInkAsGoDoes(t *testing.T) {
	if !simd.AVX2 {
		t.Skip("this machine has no AVX2")
	}
	random := rand.New(rand.NewPCG(3, 4))
	extreme := []uint8{0, 1, 127, 128, 254, 255}
	pick := func() uint8 {
		if random.IntN(2) == 0 {
			return extreme[random.IntN(len(extreme))]
		}
		return uint8(random.Uint32())
	}
	for range 3000 {
		width, rows := blockPx*(1+random.IntN(5)), 1+random.IntN(6)
		stride := 4*width + random.IntN(40)
		dst, cover := make([]uint8, (rows-1)*stride+4*width), make([]uint8, rows*width)
		for i := range dst {
			dst[i] = pick()
		}
		for i := range cover {
			switch i / blockPx % 4 {
			case 1:
				cover[i] = 255
			case 2, 3:
				cover[i] = pick()
			}
		}
		ink := color.NRGBA{pick(), pick(), pick(), pick()}
		want := bytes.Clone(dst)
		layRowsGo(want, stride, cover, width, rows, ink)
		layRows(dst, stride, cover, width, rows, ink)
		if !bytes.Equal(dst, want) {
			t.Fatalf("%d rows of %d in %v differ", rows, width, ink)
		}
	}
}

// TestEveryShare composites two inks with every alpha and every coverage over every ground.
func TestEveryShare(t *testing.T) {
	dst, cover := make([]uint8, 4*256), make([]uint8, 256)
	for i := range cover {
		cover[i] = uint8(i)
	}
	for alpha := range 256 {
		ink := color.NRGBA{0, 255, uint8(alpha), uint8(alpha)}
		for under := 0; under < 256; under += 3 {
			for i := range dst {
				dst[i] = uint8(under)
			}
			layRows(dst, len(dst), cover, len(cover), 1, ink)
			for i, c := range cover {
				a := (uint32(c)*uint32(ink.A) + 127) / 255
				want := [4]uint8{blend(uint8(under), ink.R, a), blend(uint8(under), ink.G, a), blend(uint8(under), ink.B, a), blend(uint8(under), 255, a)}
				if [4]uint8(dst[4*i:]) != want {
					t.Fatalf("%v at %d over %d: %v, want %v", ink, c, under, dst[4*i:4*i+4], want)
				}
			}
		}
	}
}

func BenchmarkLayRows(b *testing.B) {
	dst, cover := make([]uint8, 4*40*60), make([]uint8, 40*60)
	for i := range cover {
		cover[i] = uint8(255 * (i / 12 % 2))
	}
	ink := color.NRGBA{20, 30, 40, 255}
	b.Run("go", func(b *testing.B) {
		for b.Loop() {
			layRowsGo(dst, 160, cover, 40, 60, ink)
		}
	})
	b.Run("dispatched", func(b *testing.B) {
		for b.Loop() {
			layRows(dst, 160, cover, 40, 60, ink)
		}
	})
}

// TestClippedTypeIsTheSame: a narrow picture shows the same pixels of a line as a wide one.
func TestClippedTypeIsTheSame(t *testing.T) {
	s := setter(t)
	b := s.Fit(Paragraph{Text: "Storm front, 서해안 강풍", Tail: "/ Coast News"}, []Step{{SizePx: 37}}, display, Box{WidthPx: 900})
	paper := func(r image.Rectangle) *image.RGBA {
		m := image.NewRGBA(r)
		for i := range m.Pix {
			m.Pix[i] = uint8(200 + i/7%50)
			if i%4 == 3 {
				m.Pix[i] = 255
			}
		}
		return m
	}
	inks := Inks{color.NRGBA{10, 20, 30, 255}, color.NRGBA{200, 0, 0, 120}}
	wide := paper(image.Rect(0, 0, 1000, 120))
	whole := paper(wide.Rect)
	s.Draw(wide, b.Lines[0], 30.25, 70, inks)
	for left := 20; left < 700; left += 13 {
		r := image.Rect(left, 40+left%9, left+1+left%170, 75+left%11)
		part := image.NewRGBA(r)
		for y := r.Min.Y; y < r.Max.Y; y++ {
			copy(part.Pix[part.PixOffset(r.Min.X, y):], whole.Pix[whole.PixOffset(r.Min.X, y):][:4*r.Dx()])
		}
		s.Draw(part, b.Lines[0], 30.25, 70, inks)
		for y := r.Min.Y; y < r.Max.Y; y++ {
			if got, want := part.Pix[part.PixOffset(r.Min.X, y):][:4*r.Dx()], wide.Pix[wide.PixOffset(r.Min.X, y):][:4*r.Dx()]; !bytes.Equal(got, want) {
				t.Fatalf("row %d of %v differs", y, r)
			}
		}
	}
}
