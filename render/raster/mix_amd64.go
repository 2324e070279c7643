package raster

// mixRowsAVX2 is mixRowsFrom, from the first column on. len(sums) is a multiple of 16 and over 0,
// and each row has as many samples; weights have 16 bits, keep is 0 or -1, shift under 32.
//
//go:noescape
func mixRowsAVX2(sums []int32, rows *[quad][]uint8, w *[quad]int32, keep int32, shift uint)

// mixColumnsAVX2 is mixColumnsFrom, from the first result on, for four weights to a result.
// len(out) is a multiple of 8 and over 0; from each place on, four sums are read, which may lie
// behind len(sums), but not behind cap(sums). Places rise.
//
//go:noescape
func mixColumnsAVX2(out []uint8, sums, from, weights []int32)

// mixPixelsAVX2 is mixPixelsFrom, from the first pixel on, for four weights to a pixel. len(out) is
// a multiple of 8 and over 0; from each place on, 16 sums are read, which may lie behind len(sums),
// but not behind cap(sums).
//
//go:noescape
func mixPixelsAVX2(out []uint8, sums, from, weights []int32)
