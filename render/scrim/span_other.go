//go:build !amd64

package scrim

// Never called: simd.AVX2 is false here.

func spanAVX2(px []uint8, s *span) { *s = spanEach(px) }

func brightnessesAVX2(row []uint8) (least, most int) { return brightnessesEach(row) }
