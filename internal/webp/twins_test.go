package webp

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"

	"newsroom.example/cards/internal/simd"
)

func needAVX2(t *testing.T) {
	t.Helper()
	if !simd.AVX2 {
		t.Skip("needs AVX2")
	}
}

// noise returns samples that differ from their neighbours by little, as in a picture, or by anything.
func noise(r *rand.Rand, n int) []uint8 {
	out := make([]uint8, n)
	v, step := r.IntN(256), 1+r.IntN(64)
	for i := range out {
		v = max(0, min(v+r.IntN(2*step+1)-step, 255))
		out[i] = uint8(v)
	}
	return out
}

// TestFilterTwins: the vector filters change the same samples as those in Go, by the same values.
func TestFilterTwins(t *testing.T) {
	needAVX2(t)
	r := rand.New(rand.NewPCG(1, 1))
	for range 3000 {
		p := newPlanes(3)
		p.luma, p.cb, p.cr = noise(r, len(p.luma)), noise(r, len(p.cb)), noise(r, len(p.cr))
		p.slot = 0
		p.next()
		var l limits
		l.set(1+r.IntN(63), r.IntN(8))
		left, top, inner := r.IntN(2) == 0, r.IntN(2) == 0, r.IntN(2) == 0
		luma, chroma := p.y+16, p.c+8
		want := [3][]uint8{bytes.Clone(p.luma), bytes.Clone(p.cb), bytes.Clone(p.cr)}
		filterGo(want[0], luma, p.lumaStride, 16, &l, left, top, inner)
		filterGo(want[1], chroma, p.chromaStride, 8, &l, left, top, inner)
		filterGo(want[2], chroma, p.chromaStride, 8, &l, left, top, inner)
		filterVectors(p, luma, chroma, &l, left, top, inner)
		for i, got := range [3][]uint8{p.luma, p.cb, p.cr} {
			if !bytes.Equal(got, want[i]) {
				t.Fatalf("plane %d differs: left %t, top %t, inner %t, limits %v", i, left, top, inner, l)
			}
		}
	}
}

// TestInverseTwins: the vector transform gives the same samples for all coefficients up to the limit.
func TestInverseTwins(t *testing.T) {
	needAVX2(t)
	r := rand.New(rand.NewPCG(1, 2))
	for round := range 20_000 {
		var c [16]int16
		most := 1 + r.IntN(large)
		for i := range c {
			switch {
			case round%3 == 0:
				c[i] = int16(large * (1 - 2*r.IntN(2)))
			case r.IntN(3) > 0:
				c[i] = int16(r.IntN(2*most+1) - most)
			}
		}
		got := noise(r, 200)
		want := bytes.Clone(got)
		addInverse(got, 10, 40, &c, false)
		addInverseGo(want, 10, 40, &c)
		if !bytes.Equal(got, want) {
			t.Fatalf("%v: %v, want %v", c, got, want)
		}
	}
}

// TestMotionTwins does the same for the TrueMotion mode.
func TestMotionTwins(t *testing.T) {
	needAVX2(t)
	r := rand.New(rand.NewPCG(1, 3))
	for round := range 2000 {
		size := 8 << (round & 1)
		plane, above, corner := noise(r, 40*16+60), noise(r, size), uint8(r.IntN(256))
		want := bytes.Clone(plane)
		motion(want, 20, 40, size, above, corner)
		motionAVX2(&plane[20], 40, size, &above[0], corner)
		if !bytes.Equal(plane, want) {
			t.Fatalf("size %d differs", size)
		}
	}
}

// TestReduceTwins does the same for reducing and converting.
func TestReduceTwins(t *testing.T) {
	needAVX2(t)
	r := rand.New(rand.NewPCG(1, 4))
	for range 3000 {
		shrink := r.IntN(4)
		n := 1 + r.IntN(100)
		width := min(n<<shrink, n<<shrink-r.IntN(1<<shrink))
		s := span{pix: noise(r, 8*1000), stride: 1000, shrink: shrink, rows: 1 + r.IntN(1<<shrink), width: width}
		s.full = []*fullRange{lumaRange, chromaRange}[r.IntN(2)]
		got, want := make([]uint8, n), make([]uint8, n)
		s.row(got)
		s.rest(want, 0)
		if !bytes.Equal(got, want) {
			t.Fatalf("shrink %d, %d of %d: %v, want %v", shrink, n, width, got, want)
		}
	}
}

// TestFullRangeTwins: the vector formula has the values of the tables, for every sample.
func TestFullRangeTwins(t *testing.T) {
	needAVX2(t)
	all := make([]uint8, 256)
	for i := range all {
		all[i] = uint8(i)
	}
	for _, full := range []*fullRange{lumaRange, chromaRange} {
		s := span{pix: all, rows: 1, width: 256, full: full}
		got := make([]uint8, 256)
		if s.row(got); !bytes.Equal(got, full.table[:]) {
			t.Errorf("%v, want %v", got, full.table)
		}
	}
}

// pixelNoise returns pixels that are like their neighbours, or any.
func pixelNoise(r *rand.Rand, n int) []uint32 {
	out := make([]uint32, n)
	channels := [4][]uint8{noise(r, n), noise(r, n), noise(r, n), noise(r, n)}
	for i := range out {
		out[i] = uint32(channels[0][i]) | uint32(channels[1][i])<<8 | uint32(channels[2][i])<<16 | uint32(channels[3][i])<<24
	}
	return out
}

// TestPredictorTwins does the same for the predictors of lossless pixels.
func TestPredictorTwins(t *testing.T) {
	needAVX2(t)
	r := rand.New(rand.NewPCG(1, 6))
	for range 500 {
		for mode, fast := range vectorPredictors {
			if fast == nil {
				continue
			}
			n := 1 + r.IntN(40)
			row, above := pixelNoise(r, n+1), pixelNoise(r, n+2)
			want := slices.Clone(row)
			predictors[mode](want, above)
			predictTile(uint32(mode), row, above)
			if !slices.Equal(row, want) {
				t.Fatalf("mode %d: %x, want %x", mode, row, want)
			}
		}
	}
}

// TestColourTwins does the same for the transforms of colours.
func TestColourTwins(t *testing.T) {
	needAVX2(t)
	r := rand.New(rand.NewPCG(1, 7))
	for range 3000 {
		row := pixelNoise(r, 1+r.IntN(60))
		want := slices.Clone(row)
		addGreen(row)
		addGreens(want)
		m := r.Uint32()
		(&transform{kind: crossColour, bits: 9, tiles: []uint32{m}, wide: 1}).crossColour(row)
		crossColours(want, int32(int8(m)), int32(int8(m>>8)), int32(int8(m>>16)))
		if !slices.Equal(row, want) {
			t.Fatalf("factors %x: %x, want %x", m, row, want)
		}
	}
}
