package webp

import "newsroom.example/cards/internal/simd"

// addInverse adds the inverse DCT of a block to the 4x4 samples at plane[at:] (RFC 6386, section 14.4). big says that a
// coefficient exceeds large.
func addInverse(plane []uint8, at, stride int, c *[16]int16, big bool) {
	if simd.AVX2 && !big {
		_, _ = plane[at], plane[at+3*stride+3]
		addInverseAVX2(&plane[at], stride, c)
		return
	}
	addInverseGo(plane, at, stride, c)
}

func addInverseGo(plane []uint8, at, stride int, coeffs *[16]int16) {
	const (
		c1 = 85627 // √2 cos(π/8), times 2^16
		c2 = 35468 // √2 sin(π/8), times 2^16
	)
	var m [4][4]int32
	for i := range 4 {
		c0, c4, c8, c12 := int32(coeffs[i]), int32(coeffs[4+i]), int32(coeffs[8+i]), int32(coeffs[12+i])
		a, b := c0+c8, c0-c8
		c, d := c4*c2>>16-c12*c1>>16, c4*c1>>16+c12*c2>>16
		m[i] = [4]int32{a + d, b + c, b - c, a - d}
	}
	for y := range 4 {
		dc := m[0][y] + 4
		a, b := dc+m[2][y], dc-m[2][y]
		c, d := m[1][y]*c2>>16-m[3][y]*c1>>16, m[1][y]*c1>>16+m[3][y]*c2>>16
		row := plane[at+y*stride:][:4]
		for x, v := range [4]int32{a + d, b + c, b - c, a - d} {
			row[x] = clamped(int32(row[x]) + v>>3)
		}
	}
}
