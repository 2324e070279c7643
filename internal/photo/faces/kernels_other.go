//go:build !amd64

package faces

func poolAVX2([]int16, *four, *sum) { panic("no AVX2") }

func allAVX2([]int32, *four, *sum) { panic("no AVX2") }

func aroundAVX2([]int16, *[3][]int16, []int16, int, int) { panic("no AVX2") }
