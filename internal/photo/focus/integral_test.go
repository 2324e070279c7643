package focus

import (
	"math/rand/v2"
	"slices"
	"testing"

	"newsroom.example/cards/internal/simd"
)

// TestFillVectors: the sums are the same with vector instructions and without, in memory that has been used, and
// even for a white plane.
func TestFillVectors(t *testing.T) {
	if !simd.AVX2 {
		t.Skip("no AVX2 here: nothing to compare with")
	}
	r := rand.New(rand.NewPCG(3, 4))
	got, want := newIntegral(longSide), newIntegral(longSide)
	for n := range 400 {
		p := plane{w: 1 + r.IntN(longSide), h: 1 + r.IntN(longSide)}
		if n == 0 {
			p.w, p.h = longSide, longSide
		}
		p.pix = make([]uint8, p.w*p.h+lanes)
		for i := range p.pix {
			if p.pix[i] = 255; n > 0 {
				p.pix[i] = uint8(r.Uint32())
			}
		}
		got.fill(p)
		clear(want.sum[:stride])
		clear(want.square[:stride])
		want.fillEach(p)
		for y := range p.h + 1 {
			at := y * stride
			if !slices.Equal(got.sum[at:at+p.w+1], want.sum[at:at+p.w+1]) || !slices.Equal(got.square[at:at+p.w+1], want.square[at:at+p.w+1]) {
				t.Fatalf("%d by %d: row %d is not the same", p.w, p.h, y)
			}
		}
	}
}

// newIntegral returns memory for planes of a height, filled with impossible sums.
func newIntegral(h int) *integral {
	in := &integral{make([]uint32, stride*(h+1)+reach), make([]uint32, stride*(h+1))}
	for i := range in.square {
		in.sum[i], in.square[i] = 1<<31, 1<<31
	}
	return in
}
