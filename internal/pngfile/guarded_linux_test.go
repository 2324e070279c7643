package pngfile

import (
	"math/rand/v2"
	"testing"

	"newsroom.example/cards/internal/guarded"
)

// TestLoopsKeepToTheirSlices: for rows of every length, nothing outside the slices is read or written.
func TestLoopsKeepToTheirSlices(t *testing.T) {
	needAVX2(t)
	r := rand.New(rand.NewPCG(5, 9))
	var areas [5]*guarded.Area
	for i := range areas {
		areas[i] = guarded.New(t, 8*300)
	}
	sums := guarded.New(t, 2*8*300)
	for _, side := range guarded.Sides {
		loops(t, r, func(i, n int) []byte { return guarded.Slice[byte](areas[i], side, n) },
			func(n int) []uint16 { return guarded.Slice[uint16](sums, side, n) })
	}
}
