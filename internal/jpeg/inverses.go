package jpeg

import "newsroom.example/cards/internal/simd"

// inverse transforms horizontally adjacent blocks to samples. Each block is stored column by column.
// quant is the quantisation table in the same order. out begins at the first sample and must hold points
// rows.
func inverse(points int, out []uint8, stride int, blocks []int32, quant *[64]int32) {
	if points == 1 {
		inverse1(out, blocks, quant[0])
		return
	}
	n := len(blocks) / (points * points)
	done := 0
	if out = out[:(points-1)*stride+n*points]; simd.AVX2 {
		done = inverseAVX2(points, out, stride, blocks, n, quant)
	}
	inverseGo(points, out, stride, blocks, done, n, quant)
}

// inverseGo transforms the blocks from first to last-1.
func inverseGo(points int, out []uint8, stride int, blocks []int32, first, last int, quant *[64]int32) {
	for i := first; i < last; i++ {
		b, to := blocks[i*points*points:], out[i*points:]
		switch points {
		case 8:
			inverse8((*[64]int32)(b), to, stride, quant)
		case 4:
			inverse4((*[16]int32)(b), to, stride, quant)
		case 2:
			inverse2((*[4]int32)(b), to, stride, quant)
		}
	}
}

// inverse1 converts each DC value to a sample.
func inverse1(out []uint8, means []int32, quant int32) {
	out = out[:len(means)]
	for i, mean := range means {
		out[i] = sample((mean*quant + 4) >> 3)
	}
}

// inverseAVX2 transforms the first blocks of n, as many as the assembly can process in groups, and returns
// their number.
func inverseAVX2(points int, out []uint8, stride int, blocks []int32, n int, quant *[64]int32) (done int) {
	switch {
	case points == 8 && n >= 1:
		inverse8AVX2(&out[0], stride, &blocks[0], n, quant)
		return n
	case points == 4 && n >= 2:
		inverse4AVX2(&out[0], stride, &blocks[0], n/2, quant)
		return n &^ 1
	case points == 2 && n >= 8:
		inverse2AVX2(&out[0], stride, &blocks[0], n/8, quant)
		return n &^ 7
	}
	return 0
}
