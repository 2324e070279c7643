//go:build !amd64

package webp

const vectors = false

// These functions are never called: simd.AVX2 is false.

func filterColumnsAVX2(*uint8, *uint8, int, *limits, int, bool)  { panic("no AVX2") }
func filterRowsAVX2(*uint8, int, *limits, int, bool)             { panic("no AVX2") }
func filterTwoRowsAVX2(*uint8, *uint8, int, *limits, bool, bool) { panic("no AVX2") }
func motionAVX2(*uint8, int, int, *uint8, uint8)                 { panic("no AVX2") }
func addInverseAVX2(*uint8, int, *[16]int16)                     { panic("no AVX2") }
func reduceAVX2(*uint8, *uint8, int, int, int, *[5][16]int16)    { panic("no AVX2") }

func blockAVX2(*bools, *[3][12]prob, int, int, *[2]int32, *[16]int16) (coded, big bool) {
	panic("no AVX2")
}

func addGreenAVX2(*uint32, int)                    { panic("no AVX2") }
func crossColourAVX2(*uint32, int, uint32, uint32) { panic("no AVX2") }
func predictMean5AVX2(_, _ *uint32, _ int)         { panic("no AVX2") }
func predictMean6AVX2(_, _ *uint32, _ int)         { panic("no AVX2") }
func predictMean7AVX2(_, _ *uint32, _ int)         { panic("no AVX2") }
func predictMean10AVX2(_, _ *uint32, _ int)        { panic("no AVX2") }
func predictSelectAVX2(_, _ *uint32, _ int)        { panic("no AVX2") }
func predictFullAVX2(_, _ *uint32, _ int)          { panic("no AVX2") }
func predictHalfAVX2(_, _ *uint32, _ int)          { panic("no AVX2") }

func blockModesAVX2(*bools, *[10][10][12]prob, *[4]uint8, *[4]uint8, *[16]uint8) { panic("no AVX2") }
