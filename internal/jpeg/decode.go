package jpeg

import (
	"image"
)

// Decoder decodes pictures and reuses its memory for the next one. It must not be used concurrently.
// The zero value is ready to use.
type Decoder struct {
	// Pair lets a second goroutine decode the second half of large pictures concurrently. Set it if a
	// processor is idle. The samples are the same. It needs at most 5 MB more memory.
	Pair bool

	scanner scanner
	planes  [4][]uint8
}

// job is the decoding of one region of a picture.
type job struct {
	*Picture
	mcus       image.Rectangle // MCUs of the region
	end        int             // index after the last MCU that must be read
	kept, over *plan           // plans for the MCUs inside and outside the region
	quants     [3][64]int32    // quantisation tables in the order of kept's coefficients
	planes     [3]target
}

// target is the plane to which a component is decoded.
type target struct {
	pix    []uint8
	stride int
}

// Scaled returns the picture's size in pixels at 1/(1<<shrink), rounded up.
func (p *Picture) Scaled(shrink int) image.Point {
	up := 1<<shrink - 1
	return image.Pt((p.width+up)>>shrink, (p.height+up)>>shrink)
}

// Bytes returns the approximate memory that decoding a region needs, in bytes.
func (p *Picture) Bytes(region image.Rectangle, shrink int) int64 {
	m := p.mcus(region, shrink)
	points := 8 >> shrink
	blocks := 0
	for _, c := range p.comps {
		blocks += c.h * c.v
	}
	return int64(m.Dx()) * int64(m.Dy()) * int64(blocks*points*points)
}

// mcus returns the MCUs that overlap a region of the scaled picture.
func (p *Picture) mcus(region image.Rectangle, shrink int) image.Rectangle {
	region = region.Intersect(image.Rectangle{Max: p.Scaled(shrink)})
	w, h := 8*p.comps[0].h>>shrink, 8*p.comps[0].v>>shrink
	return image.Rect(region.Min.X/w, region.Min.Y/h, (region.Max.X+w-1)/w, (region.Max.Y+h-1)/h)
}

// Decode decodes a part of p at 1/(1<<shrink) of its size; shrink is 0 to 3. The part contains the
// region, which is in pixels of the scaled picture. The image is an *image.YCbCr or *image.Gray, and its
// bounds are in the same pixels. It is valid until the next call of Decode. The error is ErrForeign if
// the data is damaged before the end of the region.
func (d *Decoder) Decode(p *Picture, region image.Rectangle, shrink int) (image.Image, error) {
	j := newJob(p, region, shrink)
	if j.mcus.Empty() {
		return nil, foreign("an empty region")
	}
	img := d.image(j, shrink)
	defer d.scanner.release()
	return img, d.scan(j)
}

// newJob returns the job that decodes a region of the scaled picture.
func newJob(p *Picture, region image.Rectangle, shrink int) *job {
	j := &job{Picture: p, mcus: p.mcus(region, shrink)}
	j.end = j.mcus.Max.Y * j.mcusX
	j.kept, j.over = newPlan(p.comps, shrink), newPlan(p.comps, 3)
	for i, c := range p.comps {
		j.quants[i] = j.kept.keep.arranged(c.quant)
	}
	return j
}

// image allocates the planes and returns the image that consists of them.
func (d *Decoder) image(j *job, shrink int) image.Image {
	points := j.kept.points
	for i, c := range j.comps {
		stride := j.mcus.Dx() * c.h * points
		need := stride * j.mcus.Dy() * c.v * points
		j.planes[i] = target{d.plane(i, need), stride}
	}
	first := j.comps[0]
	w, h := first.h*points, first.v*points
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

// plane returns the memory of a plane of n samples.
func (d *Decoder) plane(i, n int) []uint8 {
	if cap(d.planes[i]) < n {
		d.planes[i] = make([]uint8, n)
	}
	return d.planes[i][:n]
}

// scan decodes the MCUs up to the last row of the region.
func (d *Decoder) scan(j *job) error {
	if mark := j.middle(); d.Pair && mark > 0 {
		return d.scanPair(j, mark)
	}
	d.scanner.begin(j.Picture, 0)
	_, err := j.scan(&d.scanner, 0)
	return err
}
