package raster

import (
	"image/color"
	"slices"
	"testing"
)

// TestTintRow: processing many channels at once gives the same as one by one, for rows of any length.
func TestTintRow(t *testing.T) {
	c := color.NRGBA{10, 250, 133, 255}
	for _, share := range []uint32{1, 300, 32768, 65531, 65535, 65536} {
		row := make([]uint8, 4*(256+int(share)%8))
		for i := range row {
			row[i] = uint8(i * 7)
		}
		was := append([]uint8{}, row...)
		TintRow(row, c, share, 3)
		for i := range row {
			over := [4]uint8{c.R, c.G, c.B, 0}[i&3]
			want := uint8((uint32(was[i])*(65536-share) + uint32(over)*share + bayer[3][i>>2&7]<<10) >> 16)
			if i&3 == 3 {
				want = was[i]
			}
			if row[i] != want {
				t.Fatalf("share %d, byte %d: %d, want %d", share, i, row[i], want)
			}
		}
	}
}

// TestTintEach: processing many pixels at once gives the same as one by one, each with its own proportion.
func TestTintEach(t *testing.T) {
	c := color.NRGBA{10, 250, 133, 255}
	for n := range 40 {
		row, shares, across := make([]uint8, 4*n), make([]uint32, n), make([]uint32, n)
		for i := range row {
			row[i] = uint8(i*7 + n)
		}
		for i := range shares {
			shares[i], across[i] = uint32(i*i*1021%65537), uint32((i+n)*4099%65537)
		}
		wantShares := append([]uint32{}, shares...)
		RaiseShares(shares, across, 20_011)
		raiseFrom(0, wantShares, across, 20_011)
		want := append([]uint8{}, row...)
		TintEach(row, c, shares, 5)
		tintEachFrom(0, want, c, wantShares, &bayer[5])
		if !slices.Equal(shares, wantShares) || !slices.Equal(row, want) {
			t.Fatalf("%d pixels: %v %v, want %v %v", n, shares, row, wantShares, want)
		}
	}
}

// TestTintEachIsTintRow: if all proportions are equal, TintEach gives the same as TintRow.
func TestTintEachIsTintRow(t *testing.T) {
	c := color.NRGBA{200, 3, 90, 255}
	for _, share := range []uint32{0, 1, 30_001, 65_535, 65_536} {
		row, shares := make([]uint8, 4*101), make([]uint32, 101)
		for i := range row {
			row[i] = uint8(i * 11)
		}
		for i := range shares {
			shares[i] = share
		}
		want := append([]uint8{}, row...)
		TintEach(row, c, shares, 2)
		TintRow(want, c, share, 2)
		if !slices.Equal(row, want) {
			t.Fatalf("share %d: %v, want %v", share, row, want)
		}
	}
}
