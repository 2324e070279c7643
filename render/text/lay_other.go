//go:build !amd64

package text

func layRowsAVX2(*uint8, int, *uint8, int, int, uint32, uint32) { panic("text: no AVX2 here") }
