package webp

import (
	"image"
	"image/color"
)

// pixelOf returns the pixel of a picture with chroma as ARGB.
func pixelOf(m image.Image, x, y int) uint32 {
	planes, alpha := m, uint8(255)
	if with, ok := m.(*image.NYCbCrA); ok {
		planes, alpha = &with.YCbCr, with.A[with.AOffset(x, y)]
	}
	c := planes.(*image.YCbCr).YCbCrAt(x, y)
	r, g, b := color.YCbCrToRGB(c.Y, c.Cb, c.Cr)
	return uint32(alpha)<<24 | uint32(r)<<16 | uint32(g)<<8 | uint32(b)
}

// alphaBand is the alpha channel beside a row of macroblocks.
type alphaBand struct {
	reader *alphaReader
	size   image.Point // of the picture
	pix    []uint8     // sixteen rows
	halves []uint16    // eight rows of sums of 2x2 alphas, the weights of chroma
	opaque bool        // these rows
	clear  bool        // some row before or among them is not opaque
}

func newAlphaBand(chunk []byte, size image.Point) *alphaBand {
	return &alphaBand{
		reader: newAlphaReader(chunk, size), size: size, pix: make([]uint8, 16*size.X),
		halves: make([]uint16, 8*((size.X+1)/2)),
	}
}

// next reads the next sixteen rows. Missing ones are opaque.
func (a *alphaBand) next() {
	all := uint8(255)
	for y := range 16 {
		row := a.pix[y*a.size.X:][:a.size.X]
		if a.reader.rows == a.size.Y || !a.reader.next(row) {
			for i := range row {
				row[i] = 255
			}
			continue
		}
		for _, v := range row {
			all &= v
		}
	}
	a.opaque = all == 255
	a.clear = a.clear || !a.opaque
	if a.opaque {
		return
	}
	wide := (a.size.X + 1) / 2
	for y := range 8 {
		upper, lower := a.pix[2*y*a.size.X:][:a.size.X], a.pix[(2*y+1)*a.size.X:][:a.size.X]
		sums := a.halves[y*wide:][:wide]
		for x := range a.size.X / 2 {
			sums[x] = uint16(upper[2*x]) + uint16(upper[2*x+1]) + uint16(lower[2*x]) + uint16(lower[2*x+1])
		}
		if a.size.X&1 == 1 {
			sums[wide-1] = uint16(upper[a.size.X-1]) + uint16(lower[a.size.X-1])
		}
	}
}

// weigh replaces the means of boxes in which the weights differ by means that are weighted with them. The weights of
// the first box come first.
func weigh[W uint8 | uint16](s *span, out []uint8, weights []W, stride int) {
	side, done := 1<<s.shrink, 0
	switch {
	case side == 1:
		return
	case side == 2 && s.rows == 2:
		done = weighFour(s, out, weights, stride)
	}
	for i := done; i < len(out); i++ {
		first, differs, sum, total := weights[i*side], false, 0, 0
		cols := min(side, s.width-i*side)
		for y := range s.rows {
			row := weights[y*stride+i*side:][:cols]
			samples := s.pix[y*s.stride+i*side:][:cols]
			for x, w := range row {
				differs = differs || w != first
				sum += int(w) * int(samples[x])
				total += int(w)
			}
		}
		if differs && total > 0 {
			out[i] = s.full.table[(sum+total/2)/total]
		}
	}
}

// weighFour is weigh for complete boxes of four. It returns their number.
func weighFour[W uint8 | uint16](s *span, out []uint8, weights []W, stride int) int {
	n := min(len(out), s.width/2)
	upper, lower, w0, w1 := s.pix, s.pix[s.stride:], weights, weights[stride:]
	for i := range n {
		a, b := w0[2*i:2*i+2:2*i+2], w1[2*i:2*i+2:2*i+2]
		if a[0] == a[1] && b[0] == b[1] && a[0] == b[0] {
			continue
		}
		p, q := upper[2*i:2*i+2:2*i+2], lower[2*i:2*i+2:2*i+2]
		sum := uint32(a[0])*uint32(p[0]) + uint32(a[1])*uint32(p[1]) + uint32(b[0])*uint32(q[0]) + uint32(b[1])*uint32(q[1])
		total := uint32(a[0]) + uint32(a[1]) + uint32(b[0]) + uint32(b[1])
		out[i] = s.full.table[(sum+total/2)/total]
	}
	return n
}

// reduce reduces some of the rows to one. The first box begins at x.
func (a *alphaBand) reduce(out []uint8, x, y, rows, shrink int) {
	side, done := 1<<shrink, 0
	if shrink == 1 && rows == 2 {
		done = min(len(out), (a.size.X-2*x)/2)
		upper, lower := a.pix[y*a.size.X+2*x:], a.pix[(y+1)*a.size.X+2*x:]
		for i := range out[:done] {
			p, q := upper[2*i:2*i+2:2*i+2], lower[2*i:2*i+2:2*i+2]
			out[i] = uint8((uint32(p[0]) + uint32(p[1]) + uint32(q[0]) + uint32(q[1]) + 2) >> 2)
		}
	}
	for i := done; i < len(out); i++ {
		sum, cols := 0, min(side, a.size.X-(x+i)*side)
		for j := range rows {
			for _, v := range a.pix[(y+j)*a.size.X+(x+i)*side:][:cols] {
				sum += int(v)
			}
		}
		n := cols * rows
		out[i] = uint8((sum + n/2) / n)
	}
}
