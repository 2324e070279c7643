package jpeg

import "encoding/binary"

// Inverse DCTs. That of 8 points is Loeffler, Ligtenberg and Moschytz's ("Practical fast 1-D DCT
// algorithms with 11 multiplications", ICASSP 1989), run backward, rows first, with the precision
// and the rounding that image/jpeg has, so that both give the same samples. Those of 4, 2 and 1
// points take the lowest coefficients of a block for those of the smaller one, as Ngan showed
// ("Image display techniques using the cosine transform", IEEE Trans. ASSP 32, 1984).

// sample turns a value around 0 into a sample.
func sample(v int32) uint8 {
	v += 128
	if uint32(v) > 255 {
		return uint8(^(v >> 31))
	}
	return uint8(v)
}

// rotate turns x, y by an angle and scales them, with three multiplications: cos is k·cos θ, less
// is k·(sin θ - cos θ), and more k·(cos θ + sin θ).
func rotate(x, y, cos, less, more int32) (int32, int32) {
	both := cos * (x + y)
	return both + less*y, both - more*x
}

// deepest is the last row of a block that has a coefficient up to each place in the stream.
var deepest = func() (rows [64]int) {
	for k := range rows {
		rows[k] = int(zigzag[k] >> 3)
		if k > 0 {
			rows[k] = max(rows[k], rows[k-1])
		}
	}
	return rows
}()

// inverse8 is the whole inverse DCT; last is as coefficients tells it.
func inverse8(b *[65]int32, out []uint8, stride, last int) {
	for row := range deepest[last&63] + 1 {
		x := (*[8]int32)(b[8*row : 8*row+8])
		if x[1]|x[2]|x[3]|x[4]|x[5]|x[6]|x[7] == 0 {
			v := x[0] << 17
			*x = [8]int32{v, v, v, v, v, v, v, v}
			continue
		}
		inverseRow(x)
	}
	for col := range 8 {
		inverseColumn(b, col, out, stride)
	}
}

// inverseRow transforms a row; values get 20 more bits.
func inverseRow(x *[8]int32) {
	a, b := x[0]<<17, x[4]<<17
	a, b = a+b, a-b
	c, d := rotate(x[2], x[6], 70936, -242190, -100318) // 6π/16, 1/√2, 18 bits
	b, c = b+c, b-c
	a, d = a+d, a-d

	h, e := x[1]<<7, x[7]<<7
	h, e = h+e, h-e
	f, g := x[3]*181, x[5]*181 // 1/√2, 8 bits
	h, f = h+f, h-f
	e, g = e+g, e-g
	e, h = rotate(e>>2, h>>2, 3406, -5682, 1130) // 3π/16, 12 bits
	f, g = rotate(f>>2, g>>2, 4017, -4816, 3218) // π/16, 12 bits

	x[0], x[7] = a+h, a-h
	x[1], x[6] = b+g, b-g
	x[2], x[5] = c+f, c-f
	x[3], x[4] = d+e, d-e
}

// inverseColumn transforms a column into samples.
func inverseColumn(in *[65]int32, col int, out []uint8, stride int) {
	x := in[col : col+57]
	dc := x[0] + 1<<19 // half a sample, for the last shift to round
	a, b := (dc+x[32])>>2, (dc-x[32])>>2
	c, d := rotate(x[16]>>13, x[48]>>13, 1108, -3784, -1568)
	b, c = b+c, b-c
	a, d = a+d, a-d

	h, e := x[8]+x[56], x[8]-x[56]
	f, g := (x[24]>>13)*11585, (x[40]>>13)*11585 // 1/√2, 14 bits
	h, f = h+f, h-f
	e, g = e+g, e-g
	e, h = rotate(e>>14, h>>14, 3406, -5682, 1130)
	f, g = rotate(f>>14, g>>14, 4017, -4816, 3218)

	out = out[col : col+7*stride+1]
	out[0] = sample((a + h) >> 18)
	out[stride] = sample((b + g) >> 18)
	out[2*stride] = sample((c + f) >> 18)
	out[3*stride] = sample((d + e) >> 18)
	out[4*stride] = sample((d - e) >> 18)
	out[5*stride] = sample((c - f) >> 18)
	out[6*stride] = sample((b - g) >> 18)
	out[7*stride] = sample((a - h) >> 18)
}

// flat8 is inverse8 of a block that has but its mean.
func flat8(b *[65]int32, out []uint8, stride int) {
	v := uint64(sample((b[0]<<17+1<<19)>>2>>18)) * 0x0101010101010101
	for y := range 8 {
		binary.LittleEndian.PutUint64(out[y*stride:], v)
	}
}

// Constants of the transform of 4 points, in 2^13ths: cosines of π/8 and 3π/8, times √2, by what
// the mean of two neighbours leaves of each frequency, cos kπ/16. So a smaller picture is as sharp
// as one that was averaged, and does not ring.
const (
	near1, far1 = 10498, 4348
	even2       = 7568
	near3, far3 = 3686, 8900
)

// inverse4 is the inverse DCT of the lowest 4x4 coefficients, to 4x4 samples.
func inverse4(b *[65]int32, out []uint8, stride int) {
	for row := range 4 {
		x := (*[4]int32)(b[8*row : 8*row+4])
		const round = 1 << 10
		mean, even := x[0]<<13+round, x[2]*even2
		near, far := x[1]*near1+x[3]*near3, x[1]*far1-x[3]*far3
		x[0], x[3] = (mean+even+near)>>11, (mean+even-near)>>11
		x[1], x[2] = (mean-even+far)>>11, (mean-even-far)>>11
	}
	for col := range 4 {
		x0, x1, x2, x3 := b[col], b[8+col], b[16+col], b[24+col]
		const round = 1 << 17
		mean, even := x0<<13+round, x2*even2
		near, far := x1*near1+x3*near3, x1*far1-x3*far3
		to := out[col : col+3*stride+1]
		to[0] = sample((mean + even + near) >> 18)
		to[stride] = sample((mean - even + far) >> 18)
		to[2*stride] = sample((mean - even - far) >> 18)
		to[3*stride] = sample((mean + even - near) >> 18)
	}
}

// flat4 is inverse4 of a block that has but its mean.
func flat4(b *[65]int32, out []uint8, stride int) {
	v := uint32(sample((b[0]+4)>>3)) * 0x01010101
	for y := range 4 {
		binary.LittleEndian.PutUint32(out[y*stride:], v)
	}
}

// inverse2 is the inverse DCT of the lowest 2x2 coefficients, to 2x2 samples. Of the first
// frequency, the mean of four neighbours leaves cos π/16 cos π/8.
func inverse2(b *[65]int32, out []uint8, stride int) {
	const left, round = 7423, 1 << 15 // in 2^13ths
	mean := b[0]<<13 + round
	across, down, both := b[1]*left, b[8]*left, (b[9]*left>>13)*left
	out[0], out[1] = sample((mean+across+down+both)>>16), sample((mean-across+down-both)>>16)
	out[stride], out[stride+1] = sample((mean+across-down-both)>>16), sample((mean-across-down+both)>>16)
}
