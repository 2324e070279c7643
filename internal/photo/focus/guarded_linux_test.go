package focus

import (
	"math/rand/v2"
	"testing"

	"newsroom.example/cards/internal/guarded"
	"newsroom.example/cards/internal/simd"
)

// TestLoopsKeepToTheThumbnail: for planes of every width, nothing is accessed outside the sums, the cells, and the
// plane with its few extra pixels.
func TestLoopsKeepToTheThumbnail(t *testing.T) {
	if !simd.AVX2 {
		t.Skip("no AVX2 here: nothing to hold")
	}
	r := rand.New(rand.NewPCG(1, 9))
	const most = 5 // rows
	sums, squares := guarded.New(t, 4*stride*(most+1)), guarded.New(t, 4*stride*(most+1))
	planes, cells := guarded.New(t, longSide*most+lanes), guarded.New(t, longSide)
	var rows [4]*guarded.Area
	for i := range rows {
		rows[i] = guarded.New(t, longSide)
	}
	for _, side := range guarded.Sides {
		for w := 1; w <= longSide; w++ {
			h := 1 + r.IntN(most)
			in := integral{guarded.Slice[uint32](sums, side, stride*(h+1)), guarded.Slice[uint32](squares, side, stride*(h+1))}
			in.fill(plane{w: w, h: h, pix: guarded.Slice[uint8](planes, side, w*h+lanes)[:w*h]})
			row := func(i int) []uint8 { return guarded.Slice[uint8](rows[i], side, w) }
			px := pixels{row(0), row(1), row(2), row(3)}
			px.weigh(guarded.Slice[int64](cells, side, (w+cell-1)/cell), 100, 150)
		}
	}
}
