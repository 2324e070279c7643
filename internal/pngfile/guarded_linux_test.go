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
	outs, rows := guarded.New(t, 4*300), guarded.New(t, 8*300)
	aboves, sums := guarded.New(t, 300), guarded.New(t, 2*8*300)
	for _, side := range guarded.Sides {
		loops(t, r, func(n int) []byte { return guarded.Slice[byte](outs, side, n) },
			func(n int) []byte { return guarded.Slice[byte](rows, side, n) },
			func(n int) []byte { return guarded.Slice[byte](aboves, side, n) },
			func(n int) []uint16 { return guarded.Slice[uint16](sums, side, n) })
	}
}
