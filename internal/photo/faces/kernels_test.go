package faces

import (
	"math/rand/v2"
	"slices"
	"testing"

	"newsroom.example/cards/internal/simd"
)

// anySum returns weights of which no sum overflows.
func anySum(r *rand.Rand, in, out, runs int) sum {
	s := sum{in: in, out: out, runs: runs, shift: uint(r.IntN(12)), bias: make([]int32, out), pairs: make([]int16, in*runs*out)}
	most := 1 << 16 / (in * runs)
	for i := range s.pairs {
		s.pairs[i] = int16(max(-1<<15, min(1<<15-1, r.IntN(2*most)-most)))
	}
	for i := range s.bias {
		s.bias[i] = int32(r.IntN(1<<20) - 1<<19)
	}
	s.packEach()
	return s
}

func anyValues(r *rand.Rand, v []int16) []int16 {
	for i := range v {
		v[i] = int16(r.Uint32() >> (16 + r.IntN(3)))
	}
	return v
}

// TestPackedWordsSum compares the sums of two at once with plain sums.
func TestPackedWordsSum(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1))
	for _, s := range []sum{anySum(r, 12, 16, 3), anySum(r, 64, 32, 1)} {
		f := four{step: 6, count: 2, run: 40}
		for i := range f.x {
			f.x[i] = anyValues(r, make([]int16, f.reach(&s)))
		}
		n := s.in * s.runs
		for g := range f.count {
			for i := range s.out / 2 {
				a, b := s.two(&f, g, i)
				for p := range 4 {
					for o, got := range map[int]int32{2 * i: a[p], 2*i + 1: b[p]} {
						want := s.bias[o]
						for k := range n {
							x := f.x[p][g*f.step+k/s.in*f.run+k%s.in]
							want += int32(x) * int32(s.pairs[s.at(o, k)])
						}
						if got != want {
							t.Fatalf("sum %d of pixel %d: %d, want %d", o, p, got, want)
						}
					}
				}
			}
		}
	}
}

// TestVectorsComputeTheSame compares the assembly with Go, bit by bit.
func TestVectorsComputeTheSame(t *testing.T) {
	if !simd.AVX2 {
		t.Skip("no AVX2 here: nothing to compare")
	}
	r := rand.New(rand.NewPCG(7, 7))
	for range 200 {
		s := anySum(r, 2+2*r.IntN(40), 16*(1+r.IntN(4)), 1+r.IntN(3))
		f := four{step: r.IntN(50), count: 1 + r.IntN(5), run: r.IntN(90)}
		for i := range f.x {
			f.x[i] = anyValues(r, make([]int16, f.reach(&s)))
		}
		n := f.count * s.out
		got, want := make([]int16, n), make([]int16, n)
		s.pool(got, &f)
		s.poolEach(want, &f)
		if !slices.Equal(got, want) {
			t.Fatalf("pool of %d x %d x %d, %d groups differs", s.in, s.runs, s.out, f.count)
		}
		all, each := make([]int32, 4*n), make([]int32, 4*n)
		s.all(all, &f)
		s.allEach(each, &f)
		if !slices.Equal(all, each) {
			t.Fatalf("all of %d x %d x %d, %d groups differs", s.in, s.runs, s.out, f.count)
		}
		c, w := 16*(1+r.IntN(5)), 1+r.IntN(9)
		var rows [3][]int16
		for i := range rows {
			rows[i] = anyValues(r, make([]int16, (w+2)*c))
		}
		weights := anyValues(r, make([]int16, 9*c))
		got, want = make([]int16, w*c), make([]int16, w*c)
		around(got, rows, weights, c, w)
		aroundEach(want, rows, weights, c, w)
		if !slices.Equal(got, want) {
			t.Fatalf("around of %d x %d differs", w, c)
		}
	}
}
