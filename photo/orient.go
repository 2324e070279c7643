package photo

import (
	"image"
	"image/draw"
)

// upright turns the picture as its EXIF orientation asks. The result begins at the origin.
func upright(img image.Image, orientation int) image.Image {
	if orientation <= 1 || orientation > 8 {
		return img
	}
	if m, ok := img.(*image.YCbCr); ok {
		if turned := turnYCbCr(m, orientation); turned != nil {
			return turned
		}
	}
	src, ok := img.(*image.RGBA)
	if !ok {
		b := img.Bounds()
		src = image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
		draw.Draw(src, src.Rect, img, b.Min, draw.Src)
	}
	b := src.Rect
	w, h := turnedSize(b.Dx(), b.Dy(), orientation)
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			sx, sy := source(x, y, b.Dx(), b.Dy(), orientation)
			copy(dst.Pix[dst.PixOffset(x, y):][:4], src.Pix[src.PixOffset(b.Min.X+sx, b.Min.Y+sy):][:4])
		}
	}
	return dst
}

func turnedSize(w, h, orientation int) (int, int) {
	if orientation >= 5 {
		return h, w
	}
	return w, h
}

// source is where the upright pixel x, y stands in a picture of w by h as it was stored.
func source(x, y, w, h, orientation int) (sx, sy int) {
	switch orientation {
	case 2: // mirrored
		return w - 1 - x, y
	case 3: // upside down
		return w - 1 - x, h - 1 - y
	case 4: // upside down, mirrored
		return x, h - 1 - y
	case 5: // on its side, mirrored
		return y, x
	case 6: // turn right
		return y, h - 1 - x
	case 7: // turn right, mirrored
		return w - 1 - y, h - 1 - x
	case 8: // turn left
		return w - 1 - y, x
	}
	return x, y
}

// turnYCbCr turns the planes as they are, where turning does not part the pixels that share
// their colour: with even sides, or without subsampling. Else it is nil.
func turnYCbCr(m *image.YCbCr, orientation int) *image.YCbCr {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	square := m.SubsampleRatio == image.YCbCrSubsampleRatio444 || m.SubsampleRatio == image.YCbCrSubsampleRatio420
	even := m.SubsampleRatio == image.YCbCrSubsampleRatio444 || w%2 == 0 && h%2 == 0
	if !square || !even || m.Rect.Min != (image.Point{}) {
		return nil
	}
	tw, th := turnedSize(w, h, orientation)
	out := image.NewYCbCr(image.Rect(0, 0, tw, th), m.SubsampleRatio)
	turnPlane(out.Y, out.YStride, m.Y, m.YStride, w, h, orientation)
	cw, ch := w, h
	if m.SubsampleRatio == image.YCbCrSubsampleRatio420 {
		cw, ch = w/2, h/2
	}
	turnPlane(out.Cb, out.CStride, m.Cb, m.CStride, cw, ch, orientation)
	turnPlane(out.Cr, out.CStride, m.Cr, m.CStride, cw, ch, orientation)
	return out
}

func turnPlane(dst []uint8, dstStride int, src []uint8, srcStride, w, h, orientation int) {
	tw, th := turnedSize(w, h, orientation)
	for y := range th {
		row := dst[y*dstStride:]
		for x := range tw {
			sx, sy := source(x, y, w, h, orientation)
			row[x] = src[sy*srcStride+sx]
		}
	}
}
