package photo

import (
	"image"
	"image/color"
	"math/rand/v2"
	"testing"
)

// TestPlanesOver compares mixing planes with mixing pixels.
func TestPlanesOver(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for _, size := range []image.Point{{8, 6}, {7, 5}, {1, 1}} {
		for _, paper := range []color.RGBA{{255, 255, 255, 255}, {200, 30, 90, 255}, {0, 0, 0, 255}} {
			m := image.NewNYCbCrA(image.Rectangle{Max: size}, image.YCbCrSubsampleRatio420)
			for i := range m.Y { // of soft colours, whose sums are not clamped
				m.Y[i], m.A[i] = uint8(80+r.IntN(96)), uint8(r.IntN(256))
			}
			for y := range size.Y { // pixels of one chroma sample have one alpha
				for x := range size.X {
					m.A[y*m.AStride+x] = m.A[y&^1*m.AStride+x&^1]
				}
			}
			for i := range m.Cb {
				m.Cb[i], m.Cr[i] = uint8(108+r.IntN(40)), uint8(108+r.IntN(40))
			}
			want := over(m, nil, paper)
			got := planesOver(m, paper)
			for y := range size.Y {
				for x := range size.X {
					a, b := color.RGBAModel.Convert(got.At(x, y)).(color.RGBA), want.RGBAAt(x, y)
					if d := [3]int{int(a.R) - int(b.R), int(a.G) - int(b.G), int(a.B) - int(b.B)}; max(d[0], d[1], d[2]) > 3 || min(d[0], d[1], d[2]) < -3 {
						t.Errorf("%v over %v at %d, %d: %v, want %v", size, paper, x, y, a, b)
					}
				}
			}
		}
	}
}

// TestMixOver: mixing is the quotient by 255, rounded, for all values.
func TestMixOver(t *testing.T) {
	for v := range 256 {
		for a := range 256 {
			got := []uint8{uint8(v)}
			mixOver(got, []uint8{uint8(a)}, 200)
			if want := (v*a + 200*(255-a) + 127) / 255; int(got[0]) != want {
				t.Fatalf("%d of %d: %d, want %d", v, a, got[0], want)
			}
		}
	}
}
