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

// alphaPlane is the alpha channel of a lossy picture at full size: as many rows as are needed and exist.
type alphaPlane struct {
	pix  []uint8
	size image.Point // of the picture
	rows int         // of pix
}

// newAlphaPlane decodes the first rows of a chunk ALPH.
func newAlphaPlane(chunk []byte, size image.Point, rows int) *alphaPlane {
	a := &alphaPlane{pix: decodeAlpha(chunk, size, rows), size: size}
	a.rows = len(a.pix) / size.X
	return a
}

func (a *alphaPlane) opaque() bool {
	for _, v := range a.pix {
		if v != 255 {
			return false
		}
	}
	return true
}

// box is a box of pixels at full size.
func (a *alphaPlane) box(x, y, side int) image.Rectangle {
	return image.Rectangle{image.Pt(x, y), image.Pt(min(x+side, a.size.X), min(y+side, a.rows))}
}

// uniform reports whether a box has one alpha.
func (a *alphaPlane) uniform(r image.Rectangle) bool {
	first := a.pix[r.Min.Y*a.size.X+r.Min.X]
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for _, v := range a.pix[y*a.size.X+r.Min.X : y*a.size.X+r.Max.X] {
			if v != first {
				return false
			}
		}
	}
	return true
}

// sum returns the sum of the alphas of a box.
func (a *alphaPlane) sum(r image.Rectangle) int {
	sum := 0
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for _, v := range a.pix[y*a.size.X+r.Min.X : y*a.size.X+r.Max.X] {
			sum += int(v)
		}
	}
	return sum
}

// weigh replaces the means of boxes in which alpha differs by means that are weighted with it. The first box of the
// span stands at x, y at full size; each of its samples is a square of so many pixels a side.
func (a *alphaPlane) weigh(s *span, out []uint8, x, y, each int) {
	side := each << s.shrink
	if s.shrink == 0 {
		return
	}
	for i := range out {
		box := a.box(x+i*side, y, side)
		if box.Empty() || a.uniform(box) {
			continue
		}
		sum, weights := 0, 0
		for row := range s.rows {
			for col := range min(1<<s.shrink, s.width-i<<s.shrink) {
				w := a.sum(a.box(box.Min.X+col*each, y+row*each, each))
				sum += w * int(s.pix[row*s.stride+i<<s.shrink+col])
				weights += w
			}
		}
		if weights > 0 {
			out[i] = s.full.table[(sum+weights/2)/weights]
		}
	}
}

// reduce reduces the rows of a box to one.
func (a *alphaPlane) reduce(out []uint8, x, y, shrink int) {
	for i := range out {
		box := a.box((x+i)<<shrink, y, 1<<shrink)
		if n := box.Dx() * box.Dy(); n > 0 {
			out[i] = uint8((a.sum(box) + n/2) / n)
		}
	}
}
