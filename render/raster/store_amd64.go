package raster

// storePairsAVX2 implements storeBoth. len(y) must be a positive multiple of 16. px must have four bytes for each
// sample of y, and cb and cr one sample for each two.
//
//go:noescape
func storePairsAVX2(px, y, cb, cr []uint8)

// storeYCbCrAVX2 implements storeEach. len(y) must be a positive multiple of 16. px must have four bytes for each
// sample of y, and cb and cr one sample.
//
//go:noescape
func storeYCbCrAVX2(px, y, cb, cr []uint8)
