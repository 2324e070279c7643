package focus

import (
	"math/rand/v2"
	"slices"
	"testing"

	"newsroom.example/cards/internal/simd"
)

// TestWeighVectors: the values are the same with vector instructions and without, for colours of skin, at the limits
// of skin, and for any other.
func TestWeighVectors(t *testing.T) {
	if !simd.AVX2 {
		t.Skip("no AVX2 here: nothing to compare with")
	}
	r := rand.New(rand.NewPCG(1, 2))
	limits := []uint8{0, 40, 41, 74, 75, 130, 131, 138, 139, 178, 179, 255}
	row := func(n int) []uint8 {
		out := make([]uint8, n)
		for i := range out {
			if out[i] = uint8(r.Uint32()); r.IntN(2) == 0 {
				out[i] = limits[r.IntN(len(limits))]
			}
		}
		return out
	}
	for range 5000 {
		n := 1 + r.IntN(overview.side)
		px := pixels{row(n), row(n), row(n), row(n)}
		got, want := make([]int64, n/cell+2), make([]int64, n/cell+2)
		cb, cr := r.IntN(256), r.IntN(256)
		px.weigh(got, cb, cr)
		px.weighFrom(0, want, cb, cr)
		if !slices.Equal(got, want) {
			t.Fatalf("%d pixels around %d, %d: %v, want %v", n, cb, cr, got, want)
		}
	}
}
