package render

import (
	"image"

	"golang.org/x/image/draw"

	"cards/internal/jpeg"
)

// scaleInto paints the crop of src over the rectangle of dst, which is left opaque. Planes are
// scaled as the photo holds them, row by row; only what is left is turned into RGB. Where the
// photo has one chroma sample for two pixels the card has too, as its JPEG will.
func scaleInto(dst *image.RGBA, r image.Rectangle, src image.Image, crop image.Rectangle) {
	switch src := src.(type) {
	case *image.YCbCr:
		scaleYCbCr(dst, r, src, crop)
	case *image.Gray:
		c := channel{pix: src.Pix[src.PixOffset(crop.Min.X, crop.Min.Y):], stride: src.Stride, step: 1}
		c = c.whole(crop, r)
		for y := range r.Dy() {
			storeGray(dst.Pix[dst.PixOffset(r.Min.X, r.Min.Y+y):], c.row(y))
		}
	case *image.RGBA:
		scaleRGBA(dst, r, src, crop)
	default:
		flat := image.NewRGBA(crop)
		fill(flat, Fill{Rect: crop, Color: white})
		draw.Draw(flat, crop, src, crop.Min, draw.Over)
		scaleRGBA(dst, r, flat, crop)
	}
}

// whole scales a plane that has a sample for each pixel of the crop.
func (c channel) whole(crop, r image.Rectangle) channel {
	return newChannel(c, 0, 0, int64(crop.Dx())<<posBits, int64(crop.Dy())<<posBits, crop.Dx(), crop.Dy(), r.Dx(), r.Dy())
}

func scaleRGBA(dst *image.RGBA, r image.Rectangle, src *image.RGBA, crop image.Rectangle) {
	at := src.PixOffset(crop.Min.X, crop.Min.Y)
	var c [3]channel
	for i := range c {
		c[i] = channel{pix: src.Pix[at+i:], stride: src.Stride, step: 4}.whole(crop, r)
	}
	for y := range r.Dy() {
		storeRGB(dst.Pix[dst.PixOffset(r.Min.X, r.Min.Y+y):], c[0].row(y), c[1].row(y), c[2].row(y))
	}
}

func scaleYCbCr(dst *image.RGBA, r image.Rectangle, src *image.YCbCr, crop image.Rectangle) {
	luma := channel{pix: src.Y[src.YOffset(crop.Min.X, crop.Min.Y):], stride: src.YStride, step: 1}.whole(crop, r)
	h, v := jpeg.Samples(src.SubsampleRatio)
	at := src.COffset(crop.Min.X, crop.Min.Y)
	cb := channel{pix: src.Cb[at:], stride: src.CStride, step: 1}.chroma(crop, r, h, v)
	cr := channel{pix: src.Cr[at:], stride: src.CStride, step: 1}.chroma(crop, r, h, v)
	down := min(v, 2) - 1
	for y := range r.Dy() {
		row := dst.Pix[dst.PixOffset(r.Min.X, r.Min.Y+y):]
		if h == 1 {
			storeYCbCr(row, luma.row(y), cb.row(y>>down), cr.row(y>>down))
		} else {
			storePairs(row, luma.row(y), cb.row(y>>down), cr.row(y>>down))
		}
	}
}

// chroma scales a plane that has a sample for h by v pixels: to one for each pixel of r, or for
// two where h or v is more than one. The plane begins with the sample of the crop's first pixel and
// ends with that of its last: how much more the picture holds hangs on what was decoded before.
func (c channel) chroma(crop, r image.Rectangle, h, v int) channel {
	x, w, columns, limitW := share(crop.Min.X, crop.Max.X, r.Dx(), h)
	y, t, rows, limitH := share(crop.Min.Y, crop.Max.Y, r.Dy(), v)
	return newChannel(c, x, y, w, t, limitW, limitH, columns, rows)
}

// share is chroma along one axis: where in the first sample the crop begins, how many it is long,
// and how many results and samples there are. An odd row of pixels ends with half a result.
func share(start, end, results, n int) (at, long int64, count, limit int) {
	count = results
	long = int64(end-start) << posBits / int64(n)
	if n > 1 {
		count = (results + 1) / 2
		long = long * int64(2*count) / int64(results)
	}
	return int64(start%n) << posBits / int64(n), long, count, (end+n-1)/n - start/n
}
