package render

import (
	"image"
	"image/color"

	"golang.org/x/image/draw"
)

// scaleInto paints the crop of src over the rectangle of dst. Shrinking weighs every source
// pixel by the area it covers, so that nothing flickers or aliases; enlarging is smooth
// (Catmull-Rom). dst is left opaque.
func scaleInto(dst *image.RGBA, r image.Rectangle, src image.Image, crop image.Rectangle) {
	if crop.Dx() < r.Dx() || crop.Dy() < r.Dy() {
		fill(dst, Fill{Rect: r, Color: white})
		draw.CatmullRom.Scale(dst, r, src, crop, draw.Over, nil)
		return
	}
	switch src := src.(type) {
	case *image.YCbCr:
		scaleYCbCr(dst, r, src, crop)
	case *image.Gray:
		gray := newPlane(r)
		gray.shrink(src.Pix[src.PixOffset(crop.Min.X, crop.Min.Y):], src.Stride, 1, whole(crop))
		store(dst, r, gray, gray, gray, func(y, _, _ uint8) (uint8, uint8, uint8) { return y, y, y })
	case *image.RGBA:
		scaleRGBA(dst, r, src, crop)
	default:
		flat := image.NewRGBA(crop)
		fill(flat, Fill{Rect: crop, Color: white})
		draw.Draw(flat, crop, src, crop.Min, draw.Over)
		scaleRGBA(dst, r, flat, crop)
	}
}

func scaleRGBA(dst *image.RGBA, r image.Rectangle, src *image.RGBA, crop image.Rectangle) {
	at := src.PixOffset(crop.Min.X, crop.Min.Y)
	var planes [3]plane
	for i := range planes {
		planes[i] = newPlane(r)
		planes[i].shrink(src.Pix[at+i:], src.Stride, 4, whole(crop))
	}
	store(dst, r, planes[0], planes[1], planes[2], func(r, g, b uint8) (uint8, uint8, uint8) { return r, g, b })
}

// scaleYCbCr scales the planes as the photo holds them, and turns only what is left into RGB.
func scaleYCbCr(dst *image.RGBA, r image.Rectangle, src *image.YCbCr, crop image.Rectangle) {
	luma, cb, cr := newPlane(r), newPlane(r), newPlane(r)
	luma.shrink(src.Y[src.YOffset(crop.Min.X, crop.Min.Y):], src.YStride, 1, whole(crop))
	h, v := subsampling(src.SubsampleRatio)
	at := src.COffset(crop.Min.X, crop.Min.Y)
	c := chroma(src.Rect, crop, h, v)
	cb.shrink(src.Cb[at:], src.CStride, 1, c)
	cr.shrink(src.Cr[at:], src.CStride, 1, c)
	store(dst, r, luma, cb, cr, color.YCbCrToRGB)
}

func subsampling(s image.YCbCrSubsampleRatio) (h, v int) {
	switch s {
	case image.YCbCrSubsampleRatio422:
		return 2, 1
	case image.YCbCrSubsampleRatio420:
		return 2, 2
	case image.YCbCrSubsampleRatio440:
		return 1, 2
	case image.YCbCrSubsampleRatio411:
		return 4, 1
	case image.YCbCrSubsampleRatio410:
		return 4, 2
	}
	return 1, 1
}

// area is a part of a plane, in 256ths of its samples; x and y begin inside the first sample.
type area struct{ x, y, w, h int }

func whole(crop image.Rectangle) area { return area{0, 0, crop.Dx() << 8, crop.Dy() << 8} }

// chroma is the crop in samples of a plane that has one for h by v pixels.
func chroma(bounds, crop image.Rectangle, h, v int) area {
	a := area{
		x: (crop.Min.X % h) << 8 / h, y: (crop.Min.Y % v) << 8 / v,
		w: crop.Dx() << 8 / h, h: crop.Dy() << 8 / v,
	}
	maxW := ((bounds.Max.X+h-1)/h - crop.Min.X/h) << 8
	maxH := ((bounds.Max.Y+v-1)/v - crop.Min.Y/v) << 8
	a.w, a.h = min(a.w, maxW-a.x), min(a.h, maxH-a.y)
	return a
}

// plane is one channel of the result.
type plane struct {
	w, h int
	pix  []uint8
}

func newPlane(r image.Rectangle) plane {
	return plane{r.Dx(), r.Dy(), make([]uint8, r.Dx()*r.Dy())}
}

// taps are the source samples of one result sample, and the weights of the first and last.
type taps struct{ from, to, first, last uint32 }

// tapsOf divides length 256ths, from start on, into n parts.
func tapsOf(start, length, n int) []taps {
	all := make([]taps, n)
	for i := range all {
		a := start + int(int64(length)*int64(i)/int64(n))
		b := start + int(int64(length)*int64(i+1)/int64(n))
		b = max(b, a+1)
		t := taps{from: uint32(a >> 8), to: uint32((b - 1) >> 8)}
		t.first = uint32(256 - a&255)
		t.last = uint32(b-1)&255 + 1
		if t.from == t.to {
			t.first, t.last = uint32(b-a), 0
		}
		all[i] = t
	}
	return all
}

// shrink fills the plane with the area of src, whose samples lie step bytes apart.
func (p plane) shrink(src []uint8, stride, step int, a area) {
	rows, cols := tapsOf(a.y, a.h, p.h), tapsOf(a.x, a.w, p.w)
	width := int(cols[len(cols)-1].to) + 1
	sums := make([]uint32, width) // of one result row, down the columns, in 256ths
	for y, t := range rows {
		clear(sums)
		addRow(sums, src[int(t.from)*stride:], step, t.first)
		for row := t.from + 1; row < t.to; row++ {
			addRow(sums, src[int(row)*stride:], step, 256)
		}
		tall := t.first
		if t.to > t.from {
			addRow(sums, src[int(t.to)*stride:], step, t.last)
			tall += (t.to-t.from-1)*256 + t.last
		}
		p.across(p.pix[y*p.w:(y+1)*p.w], sums, cols, uint64(tall))
	}
}

func addRow(sums []uint32, src []uint8, step int, weight uint32) {
	if step == 1 {
		src = src[:len(sums)]
		for i, v := range src {
			sums[i] += uint32(v) * weight
		}
		return
	}
	for i := range sums {
		sums[i] += uint32(src[i*step]) * weight
	}
}

// across adds up the columns of each result sample and divides by its area.
func (p plane) across(out []uint8, sums []uint32, cols []taps, tall uint64) {
	for x, t := range cols {
		total := uint64(sums[t.from]) * uint64(t.first)
		wide := uint64(t.first)
		for i := t.from + 1; i < t.to; i++ {
			total += uint64(sums[i]) << 8
			wide += 256
		}
		if t.to > t.from {
			total += uint64(sums[t.to]) * uint64(t.last)
			wide += uint64(t.last)
		}
		out[x] = uint8((total + wide*tall/2) / (wide * tall))
	}
}

// store turns three planes into pixels.
func store(dst *image.RGBA, r image.Rectangle, a, b, c plane, rgb func(a, b, c uint8) (uint8, uint8, uint8)) {
	for y := range a.h {
		row := dst.Pix[dst.PixOffset(r.Min.X, r.Min.Y+y):]
		at := y * a.w
		for x := range a.w {
			px := row[4*x : 4*x+4 : 4*x+4]
			px[0], px[1], px[2] = rgb(a.pix[at+x], b.pix[at+x], c.pix[at+x])
			px[3] = 255
		}
	}
}
