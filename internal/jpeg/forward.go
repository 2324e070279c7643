package jpeg

import (
	"encoding/binary"

	"newsroom.example/cards/internal/simd"
)

// cosines are the scale factors of each row and column of the forward DCT of Arai, Agui and Nakajima ("A
// fast DCT-SQ scheme for images", Trans. IEICE E-71, 1988), times 2^14: 1 and √2·cos kπ/16. The
// quantiser divides by them, so that the transform needs only five multiplications per row.
var cosines = [8]uint64{16384, 22725, 21407, 19266, 16384, 12873, 8867, 4520}

// Constants of the transform, times 2^12.
const (
	sin4  = 2896 // 1/√2
	sin2  = 1567 // sin π/8
	less2 = 2217 // cos π/8 - sin π/8
	more2 = 5352 // cos π/8 + sin π/8
)

// forward transforms eight values. The results are in the order of their frequencies.
func forward(x0, x1, x2, x3, x4, x5, x6, x7 int32) (y0, y1, y2, y3, y4, y5, y6, y7 int32) {
	x0, x7 = x0+x7, x0-x7
	x1, x6 = x1+x6, x1-x6
	x2, x5 = x2+x5, x2-x5
	x3, x4 = x3+x4, x3-x4

	a, d := x0+x3, x0-x3
	b, c := x1+x2, x1-x2
	half := (c + d) * sin4 >> 12

	e, f, g := x4+x5, x5+x6, x6+x7
	both := (e - g) * sin2
	low, high := (e*less2+both)>>12, (g*more2+both)>>12
	f = f * sin4 >> 12
	p, q := x7+f, x7-f
	return a + b, p + high, d + half, q - low, a - b, q + low, d - half, p - high
}

const (
	blockBytes = 128 // bytes of a block's coefficients
	mcuBlocks  = 6   // blocks of an MCU
)

// mcu has the coefficients of 16x16 pixels: four blocks of luma, one of Cb, one of Cr. A coefficient has
// 16 bits, little-endian; a block is stored row by row. The values are those of the DCT times 8 and times
// the scale factors (cosines) of their row and column: from -8192 to 8192.
type mcu [mcuBlocks][blockBytes]byte

// transform computes the forward DCT of the samples, and overwrites the samples.
func (s *samples) transform(out *mcu) {
	if simd.AVX2 {
		transformAVX2(s, out)
		return
	}
	s.transformGo(out)
}

func (s *samples) transformGo(out *mcu) {
	for i := range s.y {
		transform(&s.y[i], &out[i])
	}
	transform(&s.cb, &out[4])
	transform(&s.cr, &out[5])
}

// transform computes the forward DCT of a block, first of its rows, then of its columns.
func transform(x *[64]int32, out *[blockBytes]byte) {
	for i := 0; i < 64; i += 8 {
		r := (*[8]int32)(x[i : i+8])
		r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7] = forward(r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7])
	}
	for col := range 8 {
		c := (*[57]int32)(x[col : col+57])
		y0, y1, y2, y3, y4, y5, y6, y7 := forward(c[0], c[8], c[16], c[24], c[32], c[40], c[48], c[56])
		to := (*[114]byte)(out[2*col : 2*col+114])
		put(to[0:], y0)
		put(to[16:], y1)
		put(to[32:], y2)
		put(to[48:], y3)
		put(to[64:], y4)
		put(to[80:], y5)
		put(to[96:], y6)
		put(to[112:], y7)
	}
}

// put divides a coefficient by 16, rounds it and stores it.
func put(to []byte, v int32) {
	binary.LittleEndian.PutUint16(to, uint16((v+8)>>4))
}
