package raster

// mixRowsAVX2 implements mixRowsFrom for the columns from the first on. len(sums) must be a positive multiple of 16,
// and each row must be as long. Weights must have 16 bits, keep must be 0 or -1, and shift less than 32.
//
//go:noescape
func mixRowsAVX2(sums []int32, rows *[quad][]uint8, w *[quad]int32, keep int32, shift uint)

// mixColumnsAVX2 implements mixColumnsFrom for the results from the first on, with four weights per result. len(out)
// must be a positive multiple of 8. It reads four sums from each place on, which may be beyond len(sums), but not
// beyond cap(sums). Places must be ascending.
//
//go:noescape
func mixColumnsAVX2(out []uint8, sums, from, weights []int32)

// mixPixelsAVX2 implements mixPixelsFrom for the pixels from the first on, with four weights per pixel. len(out)
// must be a positive multiple of 8. It reads 16 sums from each place on, which may be beyond len(sums), but not
// beyond cap(sums).
//
//go:noescape
func mixPixelsAVX2(out []uint8, sums, from, weights []int32)
