package jpeg

import "encoding/binary"

// Inverse DCTs. The transform of 8 points is that of Loeffler, Ligtenberg and Moschytz ("Practical fast
// 1-D DCT algorithms with 11 multiplications", ICASSP 1989), run backward, rows first. Precision and
// rounding are those of image/jpeg, so that both give the same samples. The transforms of 4, 2 and 1
// points use the lowest coefficients of a block as those of a smaller block, as Ngan described ("Image
// display techniques using the cosine transform", IEEE Trans. ASSP 32, 1984).

// sample converts a value from -128 to 127 to a sample from 0 to 255, and clips values outside.
func sample(v int32) uint8 {
	v += 128
	if uint32(v) > 255 {
		return uint8(^(v >> 31))
	}
	return uint8(v)
}

// rotate rotates the point x, y by an angle θ and scales it by k, with three multiplications. cos is
// k·cos θ, less is k·(sin θ - cos θ), and more is k·(cos θ + sin θ).
func rotate(x, y, cos, less, more int32) (int32, int32) {
	both := cos * (x + y)
	return both + less*y, both - more*x
}

// inverse8 computes the inverse DCT of a block, to 8x8 samples.
func inverse8(in *[64]int32, out []uint8, stride int, quant *[64]int32) {
	var b [64]int32
	others := int32(0)
	for y := range 8 {
		others |= inverseRow(in, quant, &b, y)
	}
	if others|in[1]|in[2]|in[3]|in[4]|in[5]|in[6]|in[7] == 0 {
		flat8(in[0]*quant[0], out, stride)
		return
	}
	for x := range 8 {
		inverseColumn((*[8]int32)(b[8*x:8*x+8]), out[x:], stride)
	}
}

// inverseRow transforms row y. The results are scaled by 2^20. It returns the bitwise or of the row's
// coefficients except the first.
func inverseRow(in, q, x *[64]int32, y int) int32 {
	y &= 7
	mean := in[y] * q[y] << 17
	others := in[8+y] | in[16+y] | in[24+y] | in[32+y] | in[40+y] | in[48+y] | in[56+y]
	if others == 0 {
		x[y], x[8+y], x[16+y], x[24+y], x[32+y], x[40+y], x[48+y], x[56+y] = mean, mean, mean, mean, mean, mean, mean, mean
		return 0
	}
	b := in[32+y] * q[32+y] << 17
	a, b := mean+b, mean-b
	c, d := rotate(in[16+y]*q[16+y], in[48+y]*q[48+y], 70936, -242190, -100318) // 6π/16, 1/√2, 18 bits
	b, c = b+c, b-c
	a, d = a+d, a-d

	h, e := in[8+y]*q[8+y]<<7, in[56+y]*q[56+y]<<7
	h, e = h+e, h-e
	f, g := in[24+y]*q[24+y]*181, in[40+y]*q[40+y]*181 // 1/√2, 8 bits
	h, f = h+f, h-f
	e, g = e+g, e-g
	e, h = rotate(e>>2, h>>2, 3406, -5682, 1130) // 3π/16, 12 bits
	f, g = rotate(f>>2, g>>2, 4017, -4816, 3218) // π/16, 12 bits

	x[y], x[56+y] = a+h, a-h
	x[8+y], x[48+y] = b+g, b-g
	x[16+y], x[40+y] = c+f, c-f
	x[24+y], x[32+y] = d+e, d-e
	return others
}

// inverseColumn transforms a column into samples.
func inverseColumn(x *[8]int32, out []uint8, stride int) {
	dc := x[0] + 1<<19 // half a sample, so that the last shift rounds
	a, b := (dc+x[4])>>2, (dc-x[4])>>2
	c, d := rotate(x[2]>>13, x[6]>>13, 1108, -3784, -1568)
	b, c = b+c, b-c
	a, d = a+d, a-d

	h, e := x[1]+x[7], x[1]-x[7]
	f, g := (x[3]>>13)*11585, (x[5]>>13)*11585 // 1/√2, 14 bits
	h, f = h+f, h-f
	e, g = e+g, e-g
	e, h = rotate(e>>14, h>>14, 3406, -5682, 1130)
	f, g = rotate(f>>14, g>>14, 4017, -4816, 3218)

	out = out[:7*stride+1]
	out[0] = sample((a + h) >> 18)
	out[stride] = sample((b + g) >> 18)
	out[2*stride] = sample((c + f) >> 18)
	out[3*stride] = sample((d + e) >> 18)
	out[4*stride] = sample((d - e) >> 18)
	out[5*stride] = sample((c - f) >> 18)
	out[6*stride] = sample((b - g) >> 18)
	out[7*stride] = sample((a - h) >> 18)
}

// flat8 is inverse8 for a block without AC coefficients.
func flat8(mean int32, out []uint8, stride int) {
	v := uint64(sample((mean<<17+1<<19)>>2>>18)) * 0x0101010101010101
	for y := range 8 {
		binary.LittleEndian.PutUint64(out[y*stride:], v)
	}
}

// Constants of the transform of 4 points, times 2^13: the cosines of π/8 and 3π/8, times √2, times
// cos kπ/16, the factor by which averaging two neighbours reduces the frequency k. So the reduced picture
// is as sharp as one that was averaged, and does not ring.
const (
	near1, far1 = 10498, 4348
	even2       = 7568
	near3, far3 = 3686, 8900
)

// inverse4 computes the inverse DCT of the lowest 4x4 coefficients, to 4x4 samples.
func inverse4(b *[16]int32, out []uint8, stride int, quant *[64]int32) {
	var rows [16]int32
	for y := range 4 {
		const round = 1 << 10
		x0, x1, x2, x3 := b[y]*quant[y], b[4+y]*quant[4+y], b[8+y]*quant[8+y], b[12+y]*quant[12+y]
		mean, even := x0<<13+round, x2*even2
		near, far := x1*near1+x3*near3, x1*far1-x3*far3
		rows[y], rows[12+y] = (mean+even+near)>>11, (mean+even-near)>>11
		rows[4+y], rows[8+y] = (mean-even+far)>>11, (mean-even-far)>>11
	}
	for x := range 4 {
		const round = 1 << 17
		x0, x1, x2, x3 := rows[4*x], rows[4*x+1], rows[4*x+2], rows[4*x+3]
		mean, even := x0<<13+round, x2*even2
		near, far := x1*near1+x3*near3, x1*far1-x3*far3
		to := out[x : x+3*stride+1]
		to[0] = sample((mean + even + near) >> 18)
		to[stride] = sample((mean - even + far) >> 18)
		to[2*stride] = sample((mean - even - far) >> 18)
		to[3*stride] = sample((mean + even - near) >> 18)
	}
}

// inverse2 computes the inverse DCT of the lowest 2x2 coefficients, to 2x2 samples. left is the factor by
// which averaging four neighbours reduces the first frequency: cos π/16 · cos π/8.
func inverse2(b *[4]int32, out []uint8, stride int, quant *[64]int32) {
	const left, round = 7423, 1 << 15 // left is times 2^13
	mean, both := b[0]*quant[0]<<13+round, (b[3]*quant[3]*left>>13)*left
	down, across := b[1]*quant[1]*left, b[2]*quant[2]*left
	out[0], out[1] = sample((mean+across+down+both)>>16), sample((mean-across+down-both)>>16)
	out[stride], out[stride+1] = sample((mean+across-down-both)>>16), sample((mean-across-down+both)>>16)
}
