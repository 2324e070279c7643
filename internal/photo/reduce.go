package photo

import (
	"image"

	"newsroom.example/cards/internal/icc"
)

// maxConverted is the maximum number of pixels whose colours are converted. A larger photo is halved first: no card
// has that many pixels, and the conversion takes time.
const maxConverted = 8_000_000

// halvedToConvert halves a picture whose colours must be converted until it has at most maxConverted pixels. It
// returns the picture.
func halvedToConvert(img image.Image, p *icc.Profile) image.Image {
	for area(img) > maxConverted {
		switch m := img.(type) {
		case *image.YCbCr:
			if p == nil {
				return img
			}
			img = halfYCbCr(m)
		default:
			return img
		}
	}
	return img
}

func area(m image.Image) int { return m.Bounds().Dx() * m.Bounds().Dy() }

// halfYCbCr returns the picture at half its size, rounded down, without chroma subsampling.
func halfYCbCr(m *image.YCbCr) *image.YCbCr {
	w, h := m.Rect.Dx()/2, m.Rect.Dy()/2
	out := image.NewYCbCr(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio444)
	x0, y0 := m.Rect.Min.X, m.Rect.Min.Y
	for y := range h {
		for x := range w {
			i := y*out.YStride + x
			var sum [3]uint
			for k := range 4 {
				px, py := x0+2*x+k%2, y0+2*y+k/2
				c := m.COffset(px, py)
				sum[0], sum[1], sum[2] = sum[0]+uint(m.Y[m.YOffset(px, py)]), sum[1]+uint(m.Cb[c]), sum[2]+uint(m.Cr[c])
			}
			out.Y[i], out.Cb[i], out.Cr[i] = uint8((sum[0]+2)/4), uint8((sum[1]+2)/4), uint8((sum[2]+2)/4)
		}
	}
	return out
}
