package jpeg

import "encoding/binary"

// Inverse DCTs. That of 8 points is Loeffler, Ligtenberg and Moschytz's ("Practical fast 1-D DCT
// algorithms with 11 multiplications", ICASSP 1989), run backward, rows first, with the precision
// and the rounding that image/jpeg has, so that both give the same samples. Those of 4, 2 and 1
// points take the lowest coefficients of a block as the DCT of the smaller one, which they nearly
// are (K. N. Ngan, "Image display techniques using the cosine transform", IEEE Trans. ASSP 32,
// 1984).

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

// Cosines of the transform of 4 points, times √2, in 2^13ths.
const (
	cosPi8  = 10703 // π/8
	cos3Pi8 = 4433  // 3π/8
)

// inverse4 is the inverse DCT of the lowest 4x4 coefficients, to 4x4 samples.
func inverse4(b *[65]int32, out []uint8, stride int) {
	for row := range 4 {
		x := (*[4]int32)(b[8*row : 8*row+4])
		even, odd := (x[0]+x[2])<<13, (x[0]-x[2])<<13
		near, far := x[1]*cosPi8+x[3]*cos3Pi8, x[1]*cos3Pi8-x[3]*cosPi8
		const round = 1 << 10
		x[0], x[3] = (even+near+round)>>11, (even-near+round)>>11
		x[1], x[2] = (odd+far+round)>>11, (odd-far+round)>>11
	}
	for col := range 4 {
		x0, x1, x2, x3 := b[col], b[8+col], b[16+col], b[24+col]
		const round = 1 << 17
		even, odd := (x0+x2)<<13+round, (x0-x2)<<13+round
		near, far := x1*cosPi8+x3*cos3Pi8, x1*cos3Pi8-x3*cosPi8
		to := out[col : col+3*stride+1]
		to[0] = sample((even + near) >> 18)
		to[stride] = sample((odd + far) >> 18)
		to[2*stride] = sample((odd - far) >> 18)
		to[3*stride] = sample((even - near) >> 18)
	}
}

// flat4 is inverse4 of a block that has but its mean.
func flat4(b *[65]int32, out []uint8, stride int) {
	v := uint32(sample((b[0]+4)>>3)) * 0x01010101
	for y := range 4 {
		binary.LittleEndian.PutUint32(out[y*stride:], v)
	}
}

// inverse2 is the inverse DCT of the lowest 2x2 coefficients, to 2x2 samples.
func inverse2(b *[65]int32, out []uint8, stride int) {
	top, foot := b[0]+b[8]+4, b[0]-b[8]+4
	left, right := b[1]+b[9], b[1]-b[9]
	out[0], out[1] = sample((top+left)>>3), sample((top-left)>>3)
	out[stride], out[stride+1] = sample((foot+right)>>3), sample((foot-right)>>3)
}
