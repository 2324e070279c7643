package jpeg

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"
)

// TestVectorsTransformAsGo: AVX2 and Go give the same samples for any number of blocks and coefficients of any size,
// and write nothing else.
func TestVectorsTransformAsGo(t *testing.T) {
	needAVX2(t)
	r := rand.New(rand.NewPCG(7, 7))
	for round := range 4000 {
		points, n, reach := 2<<(round%3), 1+r.IntN(19), 1+r.IntN(31)
		blocks := make([]int32, n*points*points)
		for i := range blocks {
			if r.IntN(4) > 0 || round%6 < 3 {
				blocks[i] = int32(r.Uint32()) >> (31 - reach)
			}
		}
		var quant [64]int32
		for i := range quant {
			quant[i] = int32(r.Uint32N(1 << (1 + r.IntN(16))))
		}
		stride := n*points + r.IntN(5)
		want := bytes.Repeat([]byte{170}, points*stride+8)
		got := bytes.Clone(want)
		inverse(points, got[:len(got)-8], stride, blocks, &quant)
		inverseGo(points, want[:len(want)-8], stride, blocks, 0, n, &quant)
		if !bytes.Equal(got, want) {
			t.Fatalf("%d blocks of %d points, coefficients of %d bits: %d, want %d", n, points, reach, got, want)
		}
	}
}

func BenchmarkInverse(b *testing.B) {
	r := rand.New(rand.NewPCG(7, 7))
	for _, points := range []int{8, 4, 2} {
		var quant [64]int32
		for i := range quant {
			quant[i] = 3
		}
		const n = 32
		blocks := make([]int32, n*points*points)
		for i := range blocks {
			blocks[i] = r.Int32N(64) - 32
		}
		out := make([]uint8, points*points*n)
		b.Run(fmt.Sprint(points, "points"), func(b *testing.B) {
			for b.Loop() {
				inverse(points, out, points*n, blocks, &quant)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/block")
		})
	}
}
