//go:build !amd64

package jpeg

// These functions are never called: simd.AVX2 is false.

func inverse8AVX2(*uint8, int, *int32, int, *[64]int32) { panic("no AVX2") }
func inverse4AVX2(*uint8, int, *int32, int, *[64]int32) { panic("no AVX2") }
func inverse2AVX2(*uint8, int, *int32, int, *[64]int32) { panic("no AVX2") }
