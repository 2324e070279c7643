package photo

import (
	"image"
	"image/color"
	"image/draw"
)

// opaque is a picture in sRGB, laid over paper where it can be seen through. A nil profile means
// that the colours are sRGB's already. The result is an *image.YCbCr or *image.Gray as it was
// decoded, or an *image.RGBA.
func opaque(img image.Image, p *Profile, paper color.Color) image.Image {
	if m, ok := img.(*image.CMYK); ok {
		return p.fromCMYK(m)
	}
	switch img.(type) {
	case *image.YCbCr, *image.Gray:
		if p == nil {
			return img
		}
	}
	if m, ok := img.(interface{ Opaque() bool }); ok && m.Opaque() {
		out := asRGBA(img)
		if p != nil {
			p.ToSRGB(out)
		}
		return out
	}
	return over(img, p, paper)
}

// asRGBA is the opaque picture as RGBA, from the origin on; one that is so is taken as it is.
func asRGBA(img image.Image) *image.RGBA {
	b := img.Bounds()
	if m, ok := img.(*image.RGBA); ok && b.Min == (image.Point{}) {
		return m
	}
	out := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(out, out.Rect, img, b.Min, draw.Src)
	return out
}

// over lays the picture over paper. Its colours are converted first, while they are not mixed
// with the paper's.
func over(img image.Image, p *Profile, paper color.Color) *image.RGBA {
	b := img.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(out, out.Rect, image.NewUniform(paper), image.Point{}, draw.Src)
	if p != nil {
		straight := image.NewNRGBA(out.Rect)
		draw.Draw(straight, straight.Rect, img, b.Min, draw.Src)
		p.convert(straight.Pix)
		img, b.Min = straight, image.Point{}
	}
	draw.Draw(out, out.Rect, img, b.Min, draw.Over)
	return out
}

// fromCMYK converts inks to sRGB: by the profile, or where there is none by the light that each
// ink and the black leave, as viewers do.
func (p *Profile) fromCMYK(m *image.CMYK) *image.RGBA {
	b := m.Rect
	out := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	for y := range b.Dy() {
		inks, row := m.Pix[y*m.Stride:], out.Pix[y*out.Stride:]
		for i := 0; i < 4*b.Dx(); i += 4 {
			if c := inks[i : i+4]; p != nil && p.table != nil {
				rgb := p.table.at(c)
				row[i], row[i+1], row[i+2] = rgb[0], rgb[1], rgb[2]
			} else {
				row[i], row[i+1], row[i+2] = color.CMYKToRGB(c[0], c[1], c[2], c[3])
			}
			row[i+3] = 255
		}
	}
	return out
}
