//go:build !amd64

package jpeg

// These functions are never called: simd.AVX2 is false.

func firstAVX2(*bandScan, int, int) (int, bool)        { panic("no AVX2") }
func refineAVX2(*bandScan, int, int) (int, bool)       { panic("no AVX2") }
func applyAVX2(*int16, *change, int, *lanes, int, int) { panic("no AVX2") }
func widenAVX2(*int32, *int16, int)                    { panic("no AVX2") }
