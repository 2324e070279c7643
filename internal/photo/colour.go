package photo

import (
	"image"
	"image/color"
	"image/draw"

	"newsroom.example/cards/internal/icc"
)

// opaque converts a picture to sRGB, and composites transparent parts over paper. A nil profile means that the
// colours are already sRGB. The result is the same *image.YCbCr or *image.Gray, or an *image.RGBA.
func opaque(img image.Image, p *icc.Profile, paper color.Color) image.Image {
	if m, ok := img.(*image.CMYK); ok {
		return fromCMYK(m, p)
	}
	switch img.(type) {
	case *image.YCbCr, *image.Gray:
		if p == nil {
			return img
		}
	}
	_, flat := img.(*image.RGBA) // decoders return it for opaque pictures only
	if m, ok := img.(interface{ Opaque() bool }); flat || ok && m.Opaque() {
		out := asRGBA(img)
		if p != nil {
			p.ToSRGB(out)
		}
		return out
	}
	if m, ok := img.(*image.NYCbCrA); ok && p == nil && m.SubsampleRatio == image.YCbCrSubsampleRatio420 {
		return planesOver(m, paper)
	}
	return over(img, p, paper)
}

// asRGBA returns the opaque picture as RGBA at the origin. RGBA is not copied.
func asRGBA(img image.Image) *image.RGBA {
	b := img.Bounds()
	if m, ok := img.(*image.RGBA); ok {
		return &image.RGBA{Pix: m.Pix[m.PixOffset(b.Min.X, b.Min.Y):], Stride: m.Stride, Rect: image.Rectangle{Max: b.Size()}}
	}
	out := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(out, out.Rect, img, b.Min, draw.Src)
	return out
}

// over composites the picture over paper, after converting the picture's colours to sRGB.
func over(img image.Image, p *icc.Profile, paper color.Color) *image.RGBA {
	b := img.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(out, out.Rect, image.NewUniform(paper), image.Point{}, draw.Src)
	if p != nil {
		straight := image.NewNRGBA(out.Rect)
		draw.Draw(straight, straight.Rect, img, b.Min, draw.Src)
		p.Convert(straight.Pix)
		img, b.Min = straight, image.Point{}
	}
	draw.Draw(out, out.Rect, img, b.Min, draw.Over)
	return out
}

// fromCMYK converts CMYK to sRGB with the profile. Without one it uses (1-C)(1-K), as image viewers do.
func fromCMYK(m *image.CMYK, p *icc.Profile) *image.RGBA {
	b := m.Rect
	out := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	for y := range b.Dy() {
		inks, row := m.Pix[y*m.Stride:][:4*b.Dx()], out.Pix[y*out.Stride:]
		if p != nil && p.Space() == icc.CMYK {
			p.ConvertCMYK(row, inks)
			continue
		}
		for i := 0; i < len(inks); i += 4 {
			row[i], row[i+1], row[i+2] = color.CMYKToRGB(inks[i], inks[i+1], inks[i+2], inks[i+3])
			row[i+3] = 255
		}
	}
	return out
}
