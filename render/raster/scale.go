package raster

import (
	"image"
	"image/color"
	"sync"

	"golang.org/x/image/draw"

	"newsroom.example/cards/internal/jpeg"
)

// Scale paints the crop of src over the rectangle r of dst, which becomes opaque. Planes are scaled
// in the colour space that the photo is stored in, row by row, and only the results are converted
// to RGB. A photo with one chroma sample for two pixels is scaled to as few, as the card's JPEG
// will have.
func Scale(dst *image.RGBA, r image.Rectangle, src image.Image, crop image.Rectangle) {
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
		Fill(flat, crop, color.NRGBA{255, 255, 255, 255})
		draw.Draw(flat, crop, src, crop.Min, draw.Over)
		s.rgba(dst, r, flat, crop)
	}
}

// scaler scales one photo at a time: its luma, RGB or grey samples, and its chroma.
type scaler struct{ whole, cb, cr channel }

// scalers is a pool of scalers.
var scalers = sync.Pool{New: func() any { return new(scaler) }}

// release clears the scaler's references to the photo and puts it into the pool.
func (s *scaler) release() {
	s.whole.pix, s.cb.pix, s.cr.pix = nil, nil, nil
	scalers.Put(s)
}

// setWhole scales a plane that has a sample for each pixel of the crop.
func (s *scaler) setWhole(pix []uint8, stride, step int, crop, r image.Rectangle) {
	w, h := crop.Dx(), crop.Dy()
	s.whole.set(pix, stride, step,
		extent{length: int64(w) << posBits, results: r.Dx(), samples: w},
		extent{length: int64(h) << posBits, results: r.Dy(), samples: h})
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
// ends with that of its last: how much more the picture holds depends on what was decoded before.
func (c *channel) setChroma(pix []uint8, stride int, crop, r image.Rectangle, h, v int) {
	across := chromaExtent(crop.Min.X, crop.Max.X, r.Dx(), h)
	c.set(pix, stride, 1, across, chromaExtent(crop.Min.Y, crop.Max.Y, r.Dy(), v))
}

// chromaExtent returns the extent along one direction of a plane that has a sample for n pixels:
// pixels start to end become as many results as pixels, or half where n is more than one. An odd row
// of pixels ends with half a result.
func chromaExtent(start, end, pixels, n int) extent {
	e := extent{
		start:   int64(start%n) << posBits / int64(n),
		length:  int64(end-start) << posBits / int64(n),
		results: pixels,
		samples: (end+n-1)/n - start/n,
	}
	if n > 1 {
		e.results = (pixels + 1) / 2
		e.length = e.length * int64(2*e.results) / int64(pixels)
	}
	return e
}
