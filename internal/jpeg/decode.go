package jpeg

import (
	"image"
)

// Decoder decodes pictures. Its memory is used again by the next picture. It is for one goroutine
// at a time; the zero value is ready.
type Decoder struct {
	reader reader
	planes [3][]uint8
	block  [65]int32
}

// job is one decoding: which MCUs are kept, and at what size.
type job struct {
	*Picture
	points int             // of the inverse DCT: 8, 4, 2 or 1
	keep   *places         // of coefficients
	mcus   image.Rectangle // that are kept
	planes [3]target
}

// target is the plane that a component is decoded to.
type target struct {
	pix    []uint8
	stride int
}

// Scaled is the picture's size at 1/(1<<shrink): halves round up.
func (p *Picture) Scaled(shrink int) image.Point {
	up := 1<<shrink - 1
	return image.Pt((p.width+up)>>shrink, (p.height+up)>>shrink)
}

// Bytes is about the memory that decoding a region takes, in bytes.
func (p *Picture) Bytes(region image.Rectangle, shrink int) int64 {
	m := p.mcus(region, shrink)
	points := 8 >> shrink
	blocks := 0
	for _, c := range p.comps {
		blocks += c.h * c.v
	}
	return int64(m.Dx()) * int64(m.Dy()) * int64(blocks*points*points)
}

// mcus is those that a region of the scaled picture touches.
func (p *Picture) mcus(region image.Rectangle, shrink int) image.Rectangle {
	region = region.Intersect(image.Rectangle{Max: p.Scaled(shrink)})
	w, h := 8*p.comps[0].h>>shrink, 8*p.comps[0].v>>shrink
	return image.Rect(region.Min.X/w, region.Min.Y/h, (region.Max.X+w-1)/w, (region.Max.Y+h-1)/h)
}

// Decode decodes the part of p, at 1/(1<<shrink) of its size (shrink is 0 to 3), that holds the
// region: pixels of the scaled picture. The image is a *image.YCbCr or a *image.Gray whose bounds
// hold the region in the same pixels; it is the decoder's, and lasts until its next decoding.
// The error is ErrForeign where the data is damaged before the end of the region.
func (d *Decoder) Decode(p *Picture, region image.Rectangle, shrink int) (image.Image, error) {
	j := &job{Picture: p, points: 8 >> shrink, keep: &keeps[3-shrink], mcus: p.mcus(region, shrink)}
	if j.mcus.Empty() {
		return nil, foreign("an empty region")
	}
	img := d.image(j, shrink)
	return img, d.scan(j)
}

// image makes the planes and the picture that stands for them.
func (d *Decoder) image(j *job, shrink int) image.Image {
	for i, c := range j.comps {
		stride := j.mcus.Dx() * c.h * j.points
		need := stride * j.mcus.Dy() * c.v * j.points
		if cap(d.planes[i]) < need {
			d.planes[i] = make([]uint8, need)
		}
		j.planes[i] = target{d.planes[i][:need], stride}
	}
	first := j.comps[0]
	w, h := first.h*j.points, first.v*j.points
	rect := image.Rect(j.mcus.Min.X*w, j.mcus.Min.Y*h, j.mcus.Max.X*w, j.mcus.Max.Y*h)
	rect = rect.Intersect(image.Rectangle{Max: j.Scaled(shrink)})
	y := j.planes[0]
	if len(j.comps) == 1 {
		return &image.Gray{Pix: y.pix, Stride: y.stride, Rect: rect}
	}
	return &image.YCbCr{
		Y: y.pix, Cb: j.planes[1].pix, Cr: j.planes[2].pix, YStride: y.stride, CStride: j.planes[1].stride,
		SubsampleRatio: ratios[[2]int{first.h, first.v}], Rect: rect,
	}
}

// scan reads the MCUs up to the last kept row.
func (d *Decoder) scan(j *job) error {
	b := &d.reader
	b.start(j.Picture.scan)
	clear(d.block[:])
	var dc [3]int32
	until, next := 0, uint8(markRST0)
	if until = j.restart; until == 0 {
		until = -1
	}
	for my := range j.mcus.Max.Y {
		for mx := range j.mcusX {
			if until == 0 {
				if !b.restarts(next) {
					return foreign("restart marker")
				}
				until, next, dc = j.restart, markRST0|(next+1)&7, [3]int32{}
			}
			until--
			if b.pos > b.refill {
				if b.spent() {
					return foreign("data ends too early")
				}
				b.more()
			}
			if !d.mcu(j, image.Pt(mx, my), &dc) {
				return foreign("code")
			}
		}
		if b.spent() {
			return foreign("data ends too early")
		}
	}
	return nil
}

// restarts begins the next segment, which the marker must lead. Fill bytes may stand before it
// (T.81, B.1.1.2).
func (b *reader) restarts(marker uint8) bool {
	for len(b.src) > 2 && b.src[0] == 0xff && b.src[1] == 0xff {
		b.src = b.src[1:]
	}
	if b.spent() || b.left() > 0 || !b.whole || len(b.src) < 2 || b.src[1] != marker {
		return false
	}
	b.start(b.src[2:])
	return true
}

// mcu decodes the blocks of one MCU, or reads over them where it is not kept.
func (d *Decoder) mcu(j *job, at image.Point, dc *[3]int32) bool {
	kept := at.In(j.mcus)
	for i := range j.comps {
		c := &j.comps[i]
		for v := range c.v {
			for h := range c.h {
				if !kept {
					diff, ok := d.reader.difference(c.dc)
					if !ok || !d.reader.pass(c.ac, 1) {
						return false
					}
					dc[i] += diff
					continue
				}
				last, ok := d.reader.coefficients(c, &d.block, j.keep)
				if !ok {
					return false
				}
				dc[i] += d.block[0]
				d.block[0] = dc[i] * c.quant[0]
				to := j.planes[i]
				x, y := (at.X-j.mcus.Min.X)*c.h+h, (at.Y-j.mcus.Min.Y)*c.v+v
				d.inverse(to.pix[y*j.points*to.stride+x*j.points:], to.stride, j.points, last)
			}
		}
	}
	return true
}

// inverse transforms the block to samples and clears it. last is the last coefficient in the
// stream that is not zero.
func (d *Decoder) inverse(out []uint8, stride, points, last int) {
	b := &d.block
	switch {
	case points == 8 && last == 0:
		flat8(b, out, stride)
	case points == 8:
		inverse8(b, out, stride, last)
		clear(b[:64])
		return
	case points == 4 && last == 0:
		flat4(b, out, stride)
	case points == 4:
		inverse4(b, out, stride)
		clear(b[:32])
		return
	case points == 2:
		inverse2(b, out, stride)
		b[1], b[8], b[9] = 0, 0, 0
	default:
		out[0] = sample((b[0] + 4) >> 3)
	}
	b[0] = 0
}
