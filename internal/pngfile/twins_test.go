package pngfile

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"

	"newsroom.example/cards/internal/simd"
)

func needAVX2(t testing.TB) {
	if !simd.AVX2 {
		t.Skip("this machine has no AVX2")
	}
}

// random fills a slice.
func random(r *rand.Rand, s []byte) []byte {
	for i := range s {
		s[i] = byte(r.Uint32())
	}
	return s
}

// sameUnfilter compares both ways to unfilter a row.
func sameUnfilter(t *testing.T, out, row, above []byte, filter byte, pixel int) {
	t.Helper()
	want := make([]byte, len(out))
	unfilterFrom(0, want, row, above, filter, pixel)
	if unfilter(out, row, above, filter, pixel); !bytes.Equal(out, want) {
		t.Fatalf("filter %d, %d bytes, %d a pixel: other bytes", filter, len(out), pixel)
	}
}

// sameTwo compares two rows that are unfiltered together with each alone.
func sameTwo(t *testing.T, out, below, row, rowBelow, above []byte, pixel int) {
	t.Helper()
	want, wantBelow := make([]byte, len(out)), make([]byte, len(out))
	unfilterFrom(0, want, row, above, filterPaeth, pixel)
	unfilterFrom(0, wantBelow, rowBelow, want, filterPaeth, pixel)
	if unfilterTwo(out, below, row, rowBelow, above, pixel); !bytes.Equal(out, want) || !bytes.Equal(below, wantBelow) {
		t.Fatalf("two rows of %d bytes, %d a pixel: other bytes", len(out), pixel)
	}
}

// sameReduce compares both ways to average full boxes of opaque pixels.
func sameReduce(t *testing.T, out, row []byte, sums []uint16, channels, shift int) {
	t.Helper()
	want, wantSums := make([]byte, len(out)), slices.Clone(sums)
	addEach(wantSums, row)
	if addRow(sums, row); !slices.Equal(sums, wantSums) {
		t.Fatalf("%d samples: other sums", len(sums))
	}
	averageEach(want, wantSums, channels, shift)
	if averagePairs(out, sums, channels, shift); !bytes.Equal(out, want) {
		t.Fatalf("%d pixels of %d channels, shift %d: other means", len(out)/4, channels, shift)
	}
}

// sameStore compares both ways to make RGBA.
func sameStore(t *testing.T, out, row []byte) {
	t.Helper()
	want := make([]byte, len(out))
	storeEach(want, row)
	if store(out, row, 3); !bytes.Equal(out, want) {
		t.Fatalf("%d pixels: others", len(out)/4)
	}
}

// TestLoopsAgree: the loops in assembly give the same bytes as those in Go, for rows of every length.
func TestLoopsAgree(t *testing.T) {
	needAVX2(t)
	r := rand.New(rand.NewPCG(5, 1))
	loops(t, r, func(_, n int) []byte { return make([]byte, n) }, func(n int) []uint16 { return make([]uint16, n) })
}

// loops runs all loops on slices that the functions return: five of up to 2400 bytes, and one of as many sums.
func loops(t *testing.T, r *rand.Rand, bytes func(i, n int) []byte, sums func(int) []uint16) {
	t.Helper()
	for n := 1; n < 300; n++ {
		for pixel := 1; pixel <= 8; pixel++ {
			for filter := range byte(filters) {
				sameUnfilter(t, bytes(0, n), random(r, bytes(1, n)), random(r, bytes(2, n)), filter, pixel)
			}
		}
		for _, channels := range []int{3, 4} {
			sameTwo(t, bytes(0, n), bytes(1, n), random(r, bytes(2, n)), random(r, bytes(3, n)), random(r, bytes(4, n)), channels)
			all, shift := sums(2*channels*n), 2*(1+r.IntN(3))
			for i := range all {
				all[i] = uint16(r.IntN(255*(1<<shift/2-1) + 1)) // of all samples but one
			}
			sameReduce(t, bytes(0, 4*n), random(r, bytes(1, len(all))), all, channels, shift)
		}
		sameStore(t, bytes(0, 4*n), random(r, bytes(1, 3*n)))
	}
}
