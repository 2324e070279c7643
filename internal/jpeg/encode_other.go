//go:build !amd64

package jpeg

// These functions are never called: simd.AVX2 is false.

func convertAVX2(*samples, *byte, int) { panic("no AVX2") }

func transformAVX2(*samples, *mcu) { panic("no AVX2") }

func quantiseAVX2(*quantiser, *[blockBytes]byte, *[64]int16) uint64 { panic("no AVX2") }

func emitAVX2(*emitter, *levels) { panic("no AVX2") }

func stuffAVX2(_, _ *byte, _ int) int { panic("no AVX2") }
