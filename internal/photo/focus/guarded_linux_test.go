package focus

import (
	"testing"

	"newsroom.example/cards/internal/guarded"
	"newsroom.example/cards/internal/simd"
)

// TestLoopsKeepToTheThumbnail: for rows of every width, nothing is accessed outside them and the cells.
func TestLoopsKeepToTheThumbnail(t *testing.T) {
	if !simd.AVX2 {
		t.Skip("no AVX2 here: nothing to hold")
	}
	cells := guarded.New(t, overview.side)
	var rows [4]*guarded.Area
	for i := range rows {
		rows[i] = guarded.New(t, overview.side)
	}
	for _, side := range guarded.Sides {
		for w := 1; w <= overview.side; w++ {
			row := func(i int) []uint8 { return guarded.Slice[uint8](rows[i], side, w) }
			px := pixels{row(0), row(1), row(2), row(3)}
			px.weigh(guarded.Slice[int64](cells, side, (w+cell-1)/cell), 100, 150)
		}
	}
}
