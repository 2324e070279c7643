package jpeg

import (
	"image"

	"newsroom.example/cards/internal/simd"
)

// samples are the blocks of one MCU: samples minus 128, times 16.
type samples struct {
	y      [4][64]int32
	cb, cr [64]int32
}

// read reads the MCU whose first pixel is at left, top.
func (s *samples) read(m *image.RGBA, left, top int) {
	if left+16 <= m.Rect.Dx() && top+16 <= m.Rect.Dy() {
		s.convert(m.Pix[top*m.Stride+4*left:], m.Stride)
		return
	}
	var edge [16 * 16 * 4]byte // the last pixels are repeated beyond the edge of the picture
	for y := range 16 {
		row := m.Pix[min(top+y, m.Rect.Dy()-1)*m.Stride:]
		for x := range 16 {
			copy(edge[(16*y+x)*4:][:4], row[4*min(left+x, m.Rect.Dx()-1):])
		}
	}
	s.convert(edge[:], 64)
}

// convert converts 16x16 pixels to samples, with the weights of ITU-T T.871 times 2^16. A chroma sample is
// that of the mean of four pixels. pix must have at least 15·stride + 64 bytes.
func (s *samples) convert(pix []byte, stride int) {
	if simd.AVX2 {
		_ = pix[15*stride+63]
		convertAVX2(s, &pix[0], stride)
		return
	}
	s.convertGo(pix, stride)
}

func (s *samples) convertGo(pix []byte, stride int) {
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
