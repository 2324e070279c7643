//go:build !amd64

package jpeg

// Without AVX2 none of these is called.

func convertAVX2(*samples, *byte, int) { panic("no AVX2") }

func transformAVX2(*samples, *mcu) { panic("no AVX2") }

func quantiseAVX2(*quantiser, *[blockBytes]byte, *[64]int16) uint64 { panic("no AVX2") }

func emitAVX2(*emitter, *levels) { panic("no AVX2") }

func stuffAVX2(_, _ *byte, _ int) int { panic("no AVX2") }
