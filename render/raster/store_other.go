//go:build !amd64

package raster

// Never called: simd.AVX2 is false here.

func storePairsAVX2(px, y, cb, cr []uint8) { storeBoth(px, y, cb, cr) }
func storeYCbCrAVX2(px, y, cb, cr []uint8) { storeEach(px, y, cb, cr) }
