package ciede

import (
	"image"
	"image/color"
	"math"
	"testing"
)

// TestDeltaE checks pairs of colours from table 1 of the paper.
func TestDeltaE(t *testing.T) {
	for _, tt := range []struct {
		p, q [3]float64
		want float64
	}{
		{[3]float64{50, 2.6772, -79.7751}, [3]float64{50, 0, -82.7485}, 2.0425},
		{[3]float64{50, 2.5, 0}, [3]float64{50, 0, -2.5}, 4.3065},
		{[3]float64{50, 2.5, 0}, [3]float64{73, 25, -18}, 27.1492},
		{[3]float64{60.2574, -34.0099, 36.2677}, [3]float64{60.4626, -34.1751, 39.4387}, 1.2644},
		{[3]float64{2.0776, 0.0795, -1.1350}, [3]float64{0.9033, -0.0636, -0.5514}, 0.9082},
	} {
		if got := DeltaE(tt.p, tt.q); math.Abs(got-tt.want) > 0.0001 {
			t.Errorf("%v, %v: %.4f, want %.4f", tt.p, tt.q, got, tt.want)
		}
	}
}

// TestMean: black and white are 100 apart, and a picture is not apart from itself.
func TestMean(t *testing.T) {
	black, half := image.NewRGBA(image.Rect(0, 0, 4, 4)), image.NewGray(image.Rect(2, 1, 6, 5))
	for i := range half.Pix {
		half.Pix[i] = uint8(i % 2 * 255)
	}
	for i := 3; i < len(black.Pix); i += 4 {
		black.Pix[i] = 255
	}
	black.SetRGBA(3, 3, color.RGBA{0, 0, 0, 255})
	for every, want := range map[int]float64{1: 50, 2: 0} {
		if got := Mean(black, half, every); math.Abs(got-want) > 0.01 {
			t.Errorf("every %d: %.2f, want %.0f", every, got, want)
		}
	}
}
