package photo

import (
	"image"
	"testing"

	"newsroom.example/cards/internal/ciede"
)

// meanDeltaE returns the mean CIEDE2000 of two pictures of the same size.
func meanDeltaE(t testing.TB, a, b image.Image) float64 {
	t.Helper()
	if a.Bounds().Size() != b.Bounds().Size() {
		t.Fatalf("sizes %v and %v", a.Bounds(), b.Bounds())
	}
	return ciede.Mean(a, b, 1)
}
