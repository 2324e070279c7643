package jpeg

import (
	"image"

	"newsroom.example/cards/internal/simd"
)

// view is the making of a picture from the coefficients of a progressive file.
type view struct {
	*Content
	points int
	keep   *places
	scaled image.Point
	mcus   image.Rectangle // of the part that is made
	planes []target
	steps  [][64]int32 // quantisation tables in the order of the coefficients
}

// newView returns the view of a region. All of a picture is made whose planes are not handed on as they are.
func newView(c *Content, region image.Rectangle, shrink int) *view {
	v := &view{Content: c, points: 8 >> shrink, keep: &keeps[3-shrink], scaled: c.Scaled(shrink)}
	v.planes, v.steps = make([]target, len(c.planes)), make([][64]int32, len(c.planes))
	v.mcus = image.Rect(0, 0, c.mcusX, c.mcusY)
	w, h := c.hMax*v.points, c.vMax*v.points
	region = region.Intersect(image.Rectangle{Max: v.scaled})
	if c.plain() && !region.Empty() {
		v.mcus = image.Rect(region.Min.X/w, region.Min.Y/h, ceil(region.Max.X, w), ceil(region.Max.Y, h))
	}
	return v
}

// bounds returns the part of the scaled picture that is made.
func (v *view) bounds() image.Rectangle {
	w, h := v.hMax*v.points, v.vMax*v.points
	m := v.mcus
	return image.Rect(m.Min.X*w, m.Min.Y*h, m.Max.X*w, m.Max.Y*h).Intersect(image.Rectangle{Max: v.scaled})
}

// fill computes all samples. With pair, a second goroutine computes half of them.
func (v *view) fill(pair bool) {
	for i := range v.planes {
		if q := v.Content.planes[i].quant; q != nil {
			v.steps[i] = v.keep.arranged(q)
		}
	}
	top, end := v.mcus.Min.Y, v.mcus.Max.Y
	if !pair {
		v.rows(top, end)
		return
	}
	middle := (top + end) / 2
	done := make(chan struct{})
	go func() {
		defer close(done)
		v.rows(middle, end)
	}()
	v.rows(top, middle)
	<-done
}

// rows computes the samples of rows of MCUs.
func (v *view) rows(first, end int) {
	values := make([]int32, v.mcus.Dx()*v.hMax*v.points*v.points)
	for row := first; row < end; row++ {
		for i := range v.planes {
			p, to := &v.parts[i], v.planes[i]
			for y := range p.v {
				out := to.pix[((row-v.mcus.Min.Y)*p.v+y)*v.points*to.stride:][:v.points*to.stride]
				if v.Content.planes[i].quant == nil {
					grey(out)
					continue
				}
				n := v.mcus.Dx() * p.h * v.points * v.points
				v.load(values[:n], i, (row*p.v+y)*p.across+v.mcus.Min.X*p.h)
				inverse(v.points, out, to.stride, values[:n], &v.steps[i])
			}
		}
		yield()
	}
}

// load fetches the coefficients of adjacent blocks.
func (v *view) load(values []int32, part, block int) {
	from := &v.Content.planes[part]
	each, own := v.points*v.points, v.Content.points
	kept := from.kept[block*own*own:]
	if own == v.points {
		widen(values, kept)
	}
	for i := 0; i < len(values); i += each {
		to := values[i : i+each]
		if own > v.points {
			for j := range to {
				to[j] = int32(kept[j/v.points*own+j%v.points])
			}
			kept = kept[own*own:]
		}
		to[0] = int32(from.means[block])
		block++
	}
}

// widen copies as many numbers as out has room for.
func widen(out []int32, in []int16) {
	in = in[:len(out)]
	done := 0
	if n := len(out) / 16; simd.AVX2 && n > 0 {
		widenAVX2(&out[0], &in[0], n)
		done = 16 * n
	}
	for i, c := range in[done:] {
		out[done+i] = int32(c)
	}
}
