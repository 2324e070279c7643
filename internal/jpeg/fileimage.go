package jpeg

import (
	"image"
	"image/color"
)

// plain reports whether a picture consists of the planes as they are.
func (f *File) plain() bool { return f.colours == mono || f.colours == ycbcr && f.direct() }

// direct reports whether the planes can be those of an image.YCbCr as they are.
func (f *File) direct() bool {
	y, cb, cr := &f.parts[0], &f.parts[1], &f.parts[2]
	_, ok := ratios[[2]int{y.h / cb.h, y.v / cb.v}]
	return ok && cb.h == cr.h && cb.v == cr.v && y.h%cb.h == 0 && y.v%cb.v == 0
}

// image returns the picture that consists of planes. They begin at the corner of rect.
func (f *File) image(planes []target, rect image.Rectangle) image.Image {
	first := &planes[0]
	switch {
	case f.colours == mono:
		return &image.Gray{Pix: first.pix, Stride: first.stride, Rect: rect}
	case f.colours == ycbcr && f.direct():
		return &image.YCbCr{
			Y: first.pix, Cb: planes[1].pix, Cr: planes[2].pix, YStride: first.stride, CStride: planes[1].stride,
			SubsampleRatio: ratios[[2]int{f.parts[0].h / f.parts[1].h, f.parts[0].v / f.parts[1].v}], Rect: rect,
		}
	case f.colours == ycbcr:
		out := image.NewYCbCr(rect, image.YCbCrSubsampleRatio444)
		for y := range rect.Dy() {
			at := y * out.YStride
			f.row(planes, 0, y, out.Y[at:at+rect.Dx()], 1)
			f.row(planes, 1, y, out.Cb[at:at+rect.Dx()], 1)
			f.row(planes, 2, y, out.Cr[at:at+rect.Dx()], 1)
		}
		return out
	case f.colours == rgb:
		out := image.NewRGBA(rect)
		for y := range rect.Dy() {
			row := out.Pix[y*out.Stride:][:out.Stride]
			for c := range 3 {
				f.row(planes, c, y, row[c:], 4)
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
			f.row(planes, c, y, row[c:], 4)
		}
		f.inks(row)
	}
	return out
}

// row writes a row of samples of a component, at the size of the picture: every sample as often as it counts.
func (f *File) row(planes []target, part, y int, out []uint8, step int) {
	p, from := &f.parts[part], &planes[part]
	in := from.pix[y*p.v/f.vMax*from.stride:]
	x := 0
	for i := 0; i < len(out); i += step {
		out[i] = in[x*p.h/f.hMax]
		x++
	}
}

// inks converts a row of pixels to inks, with 255 for full ink. Files have 0 for full ink: Adobe began with that, and
// other readers take files without its marker in the same way. Those of the type YCCK have three inks as the YCbCr of
// what is left of the light.
func (f *File) inks(row []uint8) {
	for i := 0; i+3 < len(row); i += 4 {
		p := row[i : i+4 : i+4]
		if f.colours == ycck {
			p[0], p[1], p[2] = color.YCbCrToRGB(p[0], p[1], p[2])
		} else {
			p[0], p[1], p[2] = 255-p[0], 255-p[1], 255-p[2]
		}
		p[3] = 255 - p[3]
	}
}
