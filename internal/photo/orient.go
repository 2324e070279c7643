package photo

import (
	"image"
	"image/draw"

	"newsroom.example/cards/internal/jpeg"
)

// turn makes a picture upright: it is first transposed if swap is set, and then mirrored.
type turn struct{ swap, mirrorX, mirrorY bool }

// turns has the turns of the orientations 1 to 8 (CIPA DC-008, Exif 2.32, tag 0x0112).
var turns = [9]turn{
	2: {mirrorX: true}, 3: {mirrorX: true, mirrorY: true}, 4: {mirrorY: true},
	5: {swap: true}, 6: {swap: true, mirrorX: true}, 7: {swap: true, mirrorX: true, mirrorY: true},
	8: {swap: true, mirrorY: true},
}

func turnOf(orientation int) turn {
	if orientation < 1 || orientation > 8 {
		return turn{}
	}
	return turns[orientation]
}

func turnedSize(stored image.Point, orientation int) image.Point {
	if turnOf(orientation).swap {
		return image.Pt(stored.Y, stored.X)
	}
	return stored
}

// uprightRect converts a rectangle in a picture of size stored to the upright picture.
func uprightRect(r image.Rectangle, stored image.Point, orientation int) image.Rectangle {
	t := turnOf(orientation)
	if t.swap {
		r, stored = transposed(r), image.Pt(stored.Y, stored.X)
	}
	return mirrored(r, stored, t)
}

// storedRect converts a rectangle in the upright picture to the picture of size stored before it was turned.
func storedRect(r image.Rectangle, stored image.Point, orientation int) image.Rectangle {
	t := turnOf(orientation)
	r = mirrored(r, turnedSize(stored, orientation), t)
	if t.swap {
		r = transposed(r)
	}
	return r
}

func transposed(r image.Rectangle) image.Rectangle {
	return image.Rect(r.Min.Y, r.Min.X, r.Max.Y, r.Max.X)
}

func mirrored(r image.Rectangle, size image.Point, t turn) image.Rectangle {
	if t.mirrorX {
		r.Min.X, r.Max.X = size.X-r.Max.X, size.X-r.Min.X
	}
	if t.mirrorY {
		r.Min.Y, r.Max.Y = size.Y-r.Max.Y, size.Y-r.Min.Y
	}
	return r
}

// upright turns a picture by its EXIF orientation. The bounds of the result begin at the origin or, if the chroma
// subsampling requires it, a few pixels from it.
func upright(img image.Image, orientation int) image.Image {
	t := turnOf(orientation)
	if t == (turn{}) {
		return img
	}
	switch m := img.(type) {
	case *image.YCbCr:
		return t.ycbcr(m)
	case *image.Gray:
		out := image.NewGray(image.Rectangle{Max: turnedSize(m.Rect.Size(), orientation)})
		t.plane(out.Pix, out.Stride, m.Pix, m.Stride, m.Rect.Size())
		return out
	}
	return t.rgba(img, orientation)
}

// plane turns a plane of the given size.
func (t turn) plane(dst []uint8, dstStride int, src []uint8, srcStride int, size image.Point) {
	w, h, right, down := size.X, size.Y, 1, srcStride
	if t.swap {
		w, h, right, down = h, w, down, right
	}
	from := 0
	if t.mirrorX {
		from, right = from+(w-1)*right, -right
	}
	if t.mirrorY {
		from, down = from+(h-1)*down, -down
	}
	for y := range h {
		row, at := dst[y*dstStride:][:w], from+y*down
		for x := range row {
			row[x] = src[at]
			at += right
		}
	}
}

// ycbcr turns the planes without converting them. Pixels that share a chroma sample still share it: if a row or
// column at an edge has a chroma sample of its own, the bounds of the result begin inside a sample.
func (t turn) ycbcr(m *image.YCbCr) *image.YCbCr {
	h, v := jpeg.Samples(m.SubsampleRatio)
	ratio, ok := m.SubsampleRatio, true
	if t.swap {
		ratio, ok = swapped[ratio]
	}
	if !ok {
		m, h, v, ratio = fullChroma(m), 1, 1, image.YCbCrSubsampleRatio444
	}
	chroma := image.Rect(m.Rect.Min.X/h, m.Rect.Min.Y/v, (m.Rect.Max.X+h-1)/h, (m.Rect.Max.Y+v-1)/v)
	blocks := image.Rect(chroma.Min.X*h, chroma.Min.Y*v, chroma.Max.X*h, chroma.Max.Y*v)
	r, size, csize := m.Rect.Sub(blocks.Min), blocks.Size(), chroma.Size()
	if t.swap {
		r, size, csize = transposed(r), image.Pt(size.Y, size.X), image.Pt(csize.Y, csize.X)
	}
	r = mirrored(r, size, t)
	out := &image.YCbCr{SubsampleRatio: ratio, Rect: r, YStride: r.Dx(), CStride: csize.X}
	n, c := r.Dx()*r.Dy(), csize.X*csize.Y
	pix := make([]uint8, n+2*c)
	out.Y, out.Cb, out.Cr = pix[:n:n], pix[n:n+c:n+c], pix[n+c:]
	t.plane(out.Y, out.YStride, m.Y, m.YStride, m.Rect.Size())
	t.plane(out.Cb, out.CStride, m.Cb, m.CStride, chroma.Size())
	t.plane(out.Cr, out.CStride, m.Cr, m.CStride, chroma.Size())
	return out
}

// swapped maps a subsampling to that of the transposed picture, if image.YCbCr supports it.
var swapped = map[image.YCbCrSubsampleRatio]image.YCbCrSubsampleRatio{
	image.YCbCrSubsampleRatio444: image.YCbCrSubsampleRatio444,
	image.YCbCrSubsampleRatio420: image.YCbCrSubsampleRatio420,
	image.YCbCrSubsampleRatio422: image.YCbCrSubsampleRatio440,
	image.YCbCrSubsampleRatio440: image.YCbCrSubsampleRatio422,
}

// fullChroma returns a copy without chroma subsampling.
func fullChroma(m *image.YCbCr) *image.YCbCr {
	out := image.NewYCbCr(m.Rect, image.YCbCrSubsampleRatio444)
	for y := m.Rect.Min.Y; y < m.Rect.Max.Y; y++ {
		for x := m.Rect.Min.X; x < m.Rect.Max.X; x++ {
			to, from := out.YOffset(x, y), m.COffset(x, y)
			out.Y[to], out.Cb[to], out.Cr[to] = m.Y[m.YOffset(x, y)], m.Cb[from], m.Cr[from]
		}
	}
	return out
}

// rgba turns a picture of any other type.
func (t turn) rgba(img image.Image, orientation int) *image.RGBA {
	b := img.Bounds()
	src := image.NewRGBA(image.Rectangle{Max: b.Size()})
	draw.Draw(src, src.Rect, img, b.Min, draw.Src)
	dst := image.NewRGBA(image.Rectangle{Max: turnedSize(b.Size(), orientation)})
	for y := range b.Dy() {
		for x := range b.Dx() {
			to := uprightRect(image.Rect(x, y, x+1, y+1), b.Size(), orientation).Min
			copy(dst.Pix[dst.PixOffset(to.X, to.Y):][:4], src.Pix[src.PixOffset(x, y):][:4])
		}
	}
	return dst
}
