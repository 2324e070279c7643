//go:build !amd64

package png

func markAVX2(_, _ *byte, _, _ *uint64, _ int) { panic("png: no AVX2 here") }

func sumAVX2(*byte, int) (sum, weighted uint64) { panic("png: no AVX2 here") }
