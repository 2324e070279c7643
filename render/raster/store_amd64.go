package raster

// storePairsAVX2 is storeBoth. len(y) is a multiple of 16 and over 0; px has four bytes for each of
// y, cb and cr have half a sample.
//
//go:noescape
func storePairsAVX2(px, y, cb, cr []uint8)

// storeYCbCrAVX2 is storeEach. len(y) is a multiple of 16 and over 0; px has four bytes for each of
// y, cb and cr have a sample.
//
//go:noescape
func storeYCbCrAVX2(px, y, cb, cr []uint8)
