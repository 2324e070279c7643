package jpeg

import "encoding/binary"

// cosines are the scale of each row and column of the forward DCT of Arai, Agui and Nakajima ("A
// fast DCT-SQ scheme for images", Trans. IEICE E-71, 1988), in 2^14ths. The transform leaves it to
// the quantiser, and so needs five multiplications a row: 1, and √2 cos kπ/16.
var cosines = [8]uint64{16384, 22725, 21407, 19266, 16384, 12873, 8867, 4520}

// Constants of the transform, in 2^12ths.
const (
	sin4  = 2896 // 1/√2
	sin2  = 1567 // sin π/8
	less2 = 2217 // cos π/8 - sin π/8
	more2 = 5352 // cos π/8 + sin π/8
)

// forward transforms eight values; the results stand in the order of their frequencies.
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

// blockBytes is what a block's coefficients take: 16 bits each, little-endian, in the order of
// the stream. They are eight times the DCT's, times the cosines of their row and column, plus
// middle, so that none is negative.
const (
	blockBytes = 128
	middle     = 0x4000
)

// place is where each coefficient stands in its block, in bytes.
var place = func() (at [64]uint8) {
	for k, natural := range zigzag {
		at[natural] = uint8(2 * k)
	}
	return at
}()

// transform is the forward DCT of samples around 0, in 16ths, to the coefficients.
func transform(x *[64]int32, out *[blockBytes]byte) {
	for i := 0; i < 64; i += 8 {
		r := (*[8]int32)(x[i : i+8])
		r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7] = forward(r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7])
	}
	for col := range 8 {
		c := (*[57]int32)(x[col : col+57])
		y0, y1, y2, y3, y4, y5, y6, y7 := forward(c[0], c[8], c[16], c[24], c[32], c[40], c[48], c[56])
		at := (*[57]uint8)(place[col : col+57])
		put(out, at[0], y0)
		put(out, at[8], y1)
		put(out, at[16], y2)
		put(out, at[24], y3)
		put(out, at[32], y4)
		put(out, at[40], y5)
		put(out, at[48], y6)
		put(out, at[56], y7)
	}
}

// put rounds a coefficient from 16ths and keeps it.
func put(out *[blockBytes]byte, at uint8, v int32) {
	binary.LittleEndian.PutUint16(out[at&126:], uint16((v+8)>>4+middle))
}

// samples are the blocks of one MCU: values around 0, in 16ths.
type samples struct {
	y      [4][64]int32
	cb, cr [64]int32
}

// convert turns 16x16 pixels into samples, with the weights of ITU-T T.871 in 2^16ths. A chroma
// sample is of the mean of its four pixels.
func (s *samples) convert(pix []byte, stride int) {
	const middle = 128 << 16
	for row := range 8 {
		upper, lower := pix[2*row*stride:][:64], pix[(2*row+1)*stride:][:64]
		for col := range 8 {
			a, b := upper[8*col:8*col+8:8*col+8], lower[8*col:8*col+8:8*col+8]
			r0, g0, b0 := int32(a[0]), int32(a[1]), int32(a[2])
			r1, g1, b1 := int32(a[4]), int32(a[5]), int32(a[6])
			r2, g2, b2 := int32(b[0]), int32(b[1]), int32(b[2])
			r3, g3, b3 := int32(b[4]), int32(b[5]), int32(b[6])
			y := &s.y[row>>2<<1|col>>2]
			at := (2*row&7)*8 + 2*col&7
			y[at&63] = (19595*r0 + 38470*g0 + 7471*b0 - middle) >> 12
			y[(at+1)&63] = (19595*r1 + 38470*g1 + 7471*b1 - middle) >> 12
			y[(at+8)&63] = (19595*r2 + 38470*g2 + 7471*b2 - middle) >> 12
			y[(at+9)&63] = (19595*r3 + 38470*g3 + 7471*b3 - middle) >> 12
			r, g, b4 := r0+r1+r2+r3, g0+g1+g2+g3, b0+b1+b2+b3
			s.cb[8*row+col] = (-11056*r - 21712*g + 32768*b4) >> 14
			s.cr[8*row+col] = (32768*r - 27440*g - 5328*b4) >> 14
		}
	}
}
