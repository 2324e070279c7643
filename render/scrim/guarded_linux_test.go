package scrim

import (
	"math/rand/v2"
	"testing"

	"newsroom.example/cards/internal/guarded"
)

// TestSpansKeepToTheirRows reads rows of many lengths between guard pages.
func TestSpansKeepToTheirRows(t *testing.T) {
	needAVX2(t)
	r := rand.New(rand.NewPCG(1, 9))
	area := guarded.New(t, 4*150)
	for _, side := range guarded.Sides {
		for n := 1; n <= 150; n++ {
			row := guarded.Slice[uint8](area, side, 4*n)
			copy(row, noise(r, 4*n))
			spanOf(row)
			brightnesses(row)
		}
	}
}
