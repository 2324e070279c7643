package raster

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"

	"newsroom.example/cards/internal/simd"
)

// needAVX2 skips the test if there is no AVX2 to compare with.
func needAVX2(t testing.TB) {
	t.Helper()
	if !simd.AVX2 {
		t.Skip("no AVX2 here: nothing to compare with")
	}
}

// noise returns n random bytes, with many minimum and maximum values.
func noise(r *rand.Rand, n int) []uint8 {
	b := make([]uint8, n)
	for i := range b {
		switch r.IntN(8) {
		case 0:
			b[i] = 0
		case 1:
			b[i] = 255
		default:
			b[i] = uint8(r.Uint32())
		}
	}
	return b
}

// fenced returns n bytes, with more behind them that a loop must not change.
func fenced(n int) []uint8 {
	return append(make([]uint8, n, n+64), bytes.Repeat([]uint8{0xa5}, 64)...)[:n]
}

// intact reports whether the bytes behind b are unchanged.
func intact(b []uint8) bool {
	return bytes.Equal(b[len(b):len(b)+64], bytes.Repeat([]uint8{0xa5}, 64))
}

// TestStoreVectors: rows of any length are the same with vector instructions and without, and nothing is written
// beyond their ends.
func TestStoreVectors(t *testing.T) {
	needAVX2(t)
	r := rand.New(rand.NewPCG(5, 6))
	for range 3000 {
		n := 1 + r.IntN(200)
		y, cb, cr := noise(r, n), noise(r, n), noise(r, n)
		compareStores(t, y, cb, cr)
	}
}

// compareStores stores a row with Go and with AVX2, with chroma for each pixel and for each pair.
func compareStores(t *testing.T, y, cb, cr []uint8) {
	t.Helper()
	for _, way := range []struct {
		name      string
		fast, ref func(px, y, cb, cr []uint8)
	}{{"storeYCbCr", storeYCbCr, storeEach}, {"storePairs", storePairs, storeBoth}} {
		got, want := fenced(4*len(y)), make([]uint8, 4*len(y))
		way.fast(got, y, cb, cr)
		way.ref(want, y, cb, cr)
		if !bytes.Equal(got, want) || !intact(got) {
			t.Fatalf("%s of %d pixels: y %v, cb %v, cr %v", way.name, len(y), y, cb, cr)
		}
	}
}

// TestStoreEveryChroma stores every pair of chroma samples, with minimum, middle and maximum luma.
func TestStoreEveryChroma(t *testing.T) {
	needAVX2(t)
	y, cb, cr := make([]uint8, 256), make([]uint8, 256), make([]uint8, 256)
	for i := range cr {
		cr[i] = uint8(i)
	}
	for v := range 3 * 256 {
		for i := range y {
			y[i], cb[i] = []uint8{0, 130, 255}[v%3], uint8(v/3)
		}
		compareStores(t, y, cb, cr)
	}
}

func FuzzStore(f *testing.F) {
	f.Add([]byte{1, 2, 3})
	f.Add(bytes.Repeat([]byte{0, 255, 128, 7, 99}, 30))
	f.Fuzz(func(t *testing.T, data []byte) {
		n := len(data) / 3
		compareStores(t, data[:n], data[n:2*n], data[2*n:3*n])
	})
}

// TestMixVectors: mixed rows and columns are the same with vector instructions and without.
func TestMixVectors(t *testing.T) {
	needAVX2(t)
	r := rand.New(rand.NewPCG(7, 8))
	for range 2000 {
		limit, count, step := 1+r.IntN(300), 1+r.IntN(300), 1+3*r.IntN(2)
		var x axis
		x.set(extent{int64(r.IntN(1 << posBits)), int64(1 + r.IntN(limit<<posBits)), count, limit})
		if x.same {
			continue
		}
		sums := mixedRows(t, r, limit*step)
		got, want := fenced(count*step), make([]uint8, count*step)
		if step == 1 {
			mixColumns(got, sums, &x)
			mixColumnsFrom(0, want, sums, &x)
		} else {
			mixPixels(got, sums, &x)
			mixPixelsFrom(0, want, sums, &x)
		}
		if !bytes.Equal(got, want) || !intact(got) {
			t.Fatalf("%d of %d samples, step %d: %v, want %v", count, limit, step, got, want)
		}
	}
}

// mixedRows mixes four random rows of n samples with several weights and passes, compares the results of Go and AVX2,
// and returns the last sums.
func mixedRows(t *testing.T, r *rand.Rand, n int) []int32 {
	t.Helper()
	const room = 4 * quad
	rows := [quad][]uint8{noise(r, n), noise(r, n), noise(r, n), noise(r, n)}
	got, want := make([]int32, n+room), make([]int32, n+room)
	a, b := int32(r.IntN(1<<weightBits+1)), int32(-r.IntN(2000))
	for _, w := range [][quad]int32{{a, 1<<weightBits - a, 0, 0}, {b, a - b, 1<<weightBits - a, 0}, {b, a - b, 1<<weightBits - a - b, b}} {
		for i, pass := range []struct {
			keep  int32
			shift uint
		}{{0, 0}, {-1, weightBits - 8 + 1}, {0, weightBits - 8}} {
			mixRows(got[:n], &rows, &w, pass.keep, pass.shift)
			mixRowsFrom(0, want[:n], &rows, &w, pass.keep, pass.shift)
			if !slices.Equal(got, want) {
				t.Fatalf("%d columns, weights %v, pass %d: %v, want %v", n, w, i, got, want)
			}
		}
	}
	return got[:n]
}
