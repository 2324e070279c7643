package render

import (
	"image"
	"sync"

	"golang.org/x/image/draw"

	"newsroom.example/cards/internal/jpeg"
)

// scaleInto paints the crop of src over the rectangle of dst, which is left opaque. Planes are
// scaled as the photo holds them, row by row; only what is left is turned into RGB. Where the
// photo has one chroma sample for two pixels the card has too, as its JPEG will.
func scaleInto(dst *image.RGBA, r image.Rectangle, src image.Image, crop image.Rectangle) {
	s := scalers.Get().(*scaler)
	defer s.release()
	switch src := src.(type) {
	case *image.YCbCr:
		s.ycbcr(dst, r, src, crop)
	case *image.Gray:
		s.grey(dst, r, src, crop)
	case *image.RGBA:
		s.rgba(dst, r, src, crop)
	default:
		flat := image.NewRGBA(crop)
		fill(flat, Fill{Rect: crop, Color: white})
		draw.Draw(flat, crop, src, crop.Min, draw.Over)
		s.rgba(dst, r, flat, crop)
	}
}

// scaler scales one photo at a time: its luma, its pixels or its grey, and its chroma.
type scaler struct{ whole, cb, cr channel }

// scalers lends out scalers, whose memory serves again.
var scalers = sync.Pool{New: func() any { return new(scaler) }}

// release gives the scaler back, which holds no photo any more.
func (s *scaler) release() {
	s.whole.pix, s.cb.pix, s.cr.pix = nil, nil, nil
	scalers.Put(s)
}

// setWhole scales a plane that has a sample for each pixel of the crop.
func (s *scaler) setWhole(pix []uint8, stride, step int, crop, r image.Rectangle) {
	w, h := crop.Dx(), crop.Dy()
	s.whole.set(pix, stride, step, 0, 0, int64(w)<<posBits, int64(h)<<posBits, w, h, r.Dx(), r.Dy())
}

func (s *scaler) grey(dst *image.RGBA, r image.Rectangle, src *image.Gray, crop image.Rectangle) {
	s.setWhole(src.Pix[src.PixOffset(crop.Min.X, crop.Min.Y):], src.Stride, 1, crop, r)
	for y := range r.Dy() {
		storeGray(dst.Pix[dst.PixOffset(r.Min.X, r.Min.Y+y):], s.whole.row(y))
	}
}

func (s *scaler) rgba(dst *image.RGBA, r image.Rectangle, src *image.RGBA, crop image.Rectangle) {
	s.setWhole(src.Pix[src.PixOffset(crop.Min.X, crop.Min.Y):], src.Stride, 4, crop, r)
	for y := range r.Dy() {
		storeRGBA(dst.Pix[dst.PixOffset(r.Min.X, r.Min.Y+y):], s.whole.row(y))
	}
}

func (s *scaler) ycbcr(dst *image.RGBA, r image.Rectangle, src *image.YCbCr, crop image.Rectangle) {
	s.setWhole(src.Y[src.YOffset(crop.Min.X, crop.Min.Y):], src.YStride, 1, crop, r)
	h, v := jpeg.Samples(src.SubsampleRatio)
	at := src.COffset(crop.Min.X, crop.Min.Y)
	s.cb.setChroma(src.Cb[at:], src.CStride, crop, r, h, v)
	s.cr.setChroma(src.Cr[at:], src.CStride, crop, r, h, v)
	down := min(v, 2) - 1
	for y := range r.Dy() {
		row := dst.Pix[dst.PixOffset(r.Min.X, r.Min.Y+y):]
		if h == 1 {
			storeYCbCr(row, s.whole.row(y), s.cb.row(y>>down), s.cr.row(y>>down))
		} else {
			storePairs(row, s.whole.row(y), s.cb.row(y>>down), s.cr.row(y>>down))
		}
	}
}

// setChroma scales a plane that has a sample for h by v pixels: to one for each pixel of r, or for
// two where h or v is more than one. The plane begins with the sample of the crop's first pixel and
// ends with that of its last: how much more the picture holds hangs on what was decoded before.
func (c *channel) setChroma(pix []uint8, stride int, crop, r image.Rectangle, h, v int) {
	x, w, columns, limitW := share(crop.Min.X, crop.Max.X, r.Dx(), h)
	y, t, rows, limitH := share(crop.Min.Y, crop.Max.Y, r.Dy(), v)
	c.set(pix, stride, 1, x, y, w, t, limitW, limitH, columns, rows)
}

// share is setChroma along one axis: where in the first sample the crop begins, how many it is long,
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
