package jpeg

import (
	"image"
	"image/color"
)

// direct reports whether the planes can be those of an image.YCbCr as they are.
func (f *File) direct() bool {
	y, cb, cr := &f.parts[0], &f.parts[1], &f.parts[2]
	_, ok := ratios[[2]int{y.h / cb.h, y.v / cb.v}]
	return ok && cb.h == cr.h && cb.v == cr.v && y.h%cb.h == 0 && y.v%cb.v == 0
}

// image returns the picture that consists of the planes.
func (d *decoding) image() image.Image {
	rect := image.Rectangle{Max: d.Scaled(d.shrink)}
	first := &d.planes[0]
	switch {
	case d.colours == mono:
		return &image.Gray{Pix: first.pix, Stride: first.stride, Rect: rect}
	case d.colours == ycbcr && d.direct():
		return &image.YCbCr{
			Y: first.pix, Cb: d.planes[1].pix, Cr: d.planes[2].pix, YStride: first.stride, CStride: d.planes[1].stride,
			SubsampleRatio: ratios[[2]int{d.parts[0].h / d.parts[1].h, d.parts[0].v / d.parts[1].v}], Rect: rect,
		}
	case d.colours == ycbcr:
		out := image.NewYCbCr(rect, image.YCbCrSubsampleRatio444)
		for y := range rect.Dy() {
			at := y * out.YStride
			d.row(0, y, out.Y[at:at+rect.Dx()], 1)
			d.row(1, y, out.Cb[at:at+rect.Dx()], 1)
			d.row(2, y, out.Cr[at:at+rect.Dx()], 1)
		}
		return out
	case d.colours == rgb:
		out := image.NewRGBA(rect)
		for y := range rect.Dy() {
			row := out.Pix[y*out.Stride:][:out.Stride]
			for c := range 3 {
				d.row(c, y, row[c:], 4)
			}
			for i := 3; i < len(row); i += 4 {
				row[i] = 255
			}
		}
		return out
	}
	out := image.NewCMYK(rect)
	for y := range rect.Dy() {
		row := out.Pix[y*out.Stride:][:out.Stride]
		for c := range 4 {
			d.row(c, y, row[c:], 4)
		}
		d.inks(row)
	}
	return out
}

// row writes a row of samples of a component, at the size of the picture: every sample as often as it counts.
func (d *decoding) row(part, y int, out []uint8, step int) {
	p, from := &d.parts[part], &d.planes[part]
	in := from.pix[y*p.v/d.vMax*from.stride:]
	x := 0
	for i := 0; i < len(out); i += step {
		out[i] = in[x*p.h/d.hMax]
		x++
	}
}

// inks converts a row of pixels to inks, with 255 for full ink. Files have 0 for full ink: Adobe began with that, and
// other readers take files without its marker in the same way. Those of the type YCCK have three inks as the YCbCr of
// what is left of the light.
func (d *decoding) inks(row []uint8) {
	for i := 0; i+3 < len(row); i += 4 {
		p := row[i : i+4 : i+4]
		if d.colours == ycck {
			p[0], p[1], p[2] = color.YCbCrToRGB(p[0], p[1], p[2])
		} else {
			p[0], p[1], p[2] = 255-p[0], 255-p[1], 255-p[2]
		}
		p[3] = 255 - p[3]
	}
}
