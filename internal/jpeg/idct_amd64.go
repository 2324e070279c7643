package jpeg

// inverse8AVX2 is inverse8 of n blocks, at least one. out holds seven strides and 8·n samples.
//
//go:noescape
func inverse8AVX2(out *uint8, stride int, blocks *int32, n int, quant *[64]int32)

// inverse4AVX2 is inverse4 of pairs of blocks, at least one. out holds three strides and 8 samples
// for each pair.
//
//go:noescape
func inverse4AVX2(out *uint8, stride int, blocks *int32, pairs int, quant *[64]int32)

// inverse2AVX2 is inverse2 of eight blocks at a time, at least once. out holds a stride and 16
// samples for each eight.
//
//go:noescape
func inverse2AVX2(out *uint8, stride int, blocks *int32, eights int, quant *[64]int32)
