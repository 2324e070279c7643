package faces

import (
	"math/rand/v2"
	"testing"

	"newsroom.example/cards/internal/guarded"
	"newsroom.example/cards/internal/simd"
)

// TestVectorsKeepToTheirSlices: nothing is accessed outside the pixels, the weights and what is written.
func TestVectorsKeepToTheirSlices(t *testing.T) {
	if !simd.AVX2 {
		t.Skip("no AVX2 here: nothing to hold")
	}
	r := rand.New(rand.NewPCG(2, 4))
	const most = 1 << 15
	var x [4]*guarded.Area
	for i := range x {
		x[i] = guarded.New(t, most)
	}
	pairs, bias, out := guarded.New(t, most), guarded.New(t, most), guarded.New(t, most)
	for _, side := range guarded.Sides {
		for range 300 {
			s := anySum(r, 2+2*r.IntN(30), 16*(1+r.IntN(3)), 1+r.IntN(3))
			f := four{step: r.IntN(50), count: 1 + r.IntN(5), run: s.in + r.IntN(40)}
			for i := range f.x {
				f.x[i] = guarded.Slice[int16](x[i], side, f.reach(&s))
			}
			s.pairs = guarded.Slice[int16](pairs, side, len(s.pairs))
			s.bias = guarded.Slice[int32](bias, side, len(s.bias))
			s.pool(guarded.Slice[int16](out, side, f.count*s.out), &f)
			s.all(guarded.Slice[int32](out, side, 4*f.count*s.out), &f)
			c, w := 16*(1+r.IntN(3)), 1+r.IntN(9)
			var rows [3][]int16
			for i := range rows {
				rows[i] = guarded.Slice[int16](x[i], side, (w+2)*c)
			}
			around(guarded.Slice[int16](out, side, w*c), rows, guarded.Slice[int16](pairs, side, 9*c), c, w)
		}
	}
}
