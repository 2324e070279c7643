package jpeg

// inverse8AVX2 implements inverse8 for n blocks, at least one. out must hold 7·stride + 8·n samples.
//
//go:noescape
func inverse8AVX2(out *uint8, stride int, blocks *int32, n int, quant *[64]int32)

// inverse4AVX2 implements inverse4 for pairs of blocks, at least one pair. out must hold
// 3·stride + 8·pairs samples.
//
//go:noescape
func inverse4AVX2(out *uint8, stride int, blocks *int32, pairs int, quant *[64]int32)

// inverse2AVX2 implements inverse2 for groups of eight blocks, at least one group. out must hold
// stride + 16·eights samples.
//
//go:noescape
func inverse2AVX2(out *uint8, stride int, blocks *int32, eights int, quant *[64]int32)
