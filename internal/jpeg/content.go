package jpeg

import "image"

// Content is what was read of a file: the coefficients of a progressive file, of which pictures of several sizes can be
// made, or the samples of another one, of one size. It does not change, and may be used by several Decoders at the same
// time until Release is called.
type Content struct {
	*File
	Found          Found
	shrink, points int
	keep           *places
	planes         []plane
	store          *store // memory of the planes' coefficients
}

// plane is a component.
type plane struct {
	coefs             // of a progressive file
	target            // of another one
	row    []int32    // coefficients of a row of MCUs of such a file
	quant  *[64]int32 // in the order of the stream; nil before the component's first scan
	steps  [64]int32  // the same in the order of the kept coefficients
	bits   [64]uint8  // how many low bits of a coefficient are not known; unknown before its first scan
	seen   bool       // there was a scan with the DC values
}

// unknown is the value of plane.bits before a scan.
const unknown = 255

// Found says how much of a picture a file has.
type Found struct {
	Rows    int  // rows of pixels from the top that have data. Behind them there is none
	Lost    int  // blocks without data, in a thousand
	Coarse  bool // detail is missing: a scan ends early, or is not there
	Blurred bool // there is no detail at all
}

// newContent returns content without any data.
func newContent(f *File, shrink int) *Content {
	c := &Content{File: f, shrink: shrink, points: 8 >> shrink, keep: &keeps[3-shrink]}
	c.planes = make([]plane, len(f.parts))
	each, first := c.points*c.points, 0
	if f.progressive {
		c.store = newStore(int(f.blocks()), each)
	}
	for i := range f.parts {
		p, to := &f.parts[i], &c.planes[i]
		n := p.across * p.down
		if f.progressive {
			to.coefs = c.store.take(first, n, each)
			first += n
			continue
		}
		to.stride = p.across * c.points
		to.pix = make([]uint8, to.stride*p.down*c.points)
		to.row = make([]int32, p.across*p.v*each)
	}
	c.empty()
	return c
}

// empty forgets what was read by a crew, which reads progressive files only.
func (c *Content) empty() {
	c.Found = Found{Rows: c.height}
	if c.store != nil {
		c.store.clear()
	}
	for i := range c.planes {
		to := &c.planes[i]
		to.quant, to.seen = nil, false
		for k := range to.bits {
			to.bits[k] = unknown
		}
	}
}

// Release lets other files use the memory. The content must not be used afterwards.
func (c *Content) Release() {
	if c.store != nil {
		c.store.release()
		c.store, c.planes = nil, nil
	}
}

// Serves reports whether a picture at 1/(1<<shrink) can be made of the content.
func (c *Content) Serves(shrink int) bool {
	return shrink == c.shrink || c.progressive && shrink > c.shrink
}

// latch gives a component the quantisation table that is defined at its first scan.
func (c *Content) latch(part int, quants *[4]*[64]int32) error {
	to := &c.planes[part]
	if to.quant == nil {
		if to.quant = quants[c.parts[part].tq]; to.quant == nil {
			return foreign("no quantisation table %d", c.parts[part].tq)
		}
		to.steps = c.keep.arranged(to.quant)
	}
	return nil
}

// Picture returns the picture at 1/(1<<shrink) of the file's size, which Serves must allow, or a part of it that
// contains the region, with bounds in pixels of the scaled picture. It is an *image.Gray, an *image.YCbCr, an opaque
// *image.RGBA, or an *image.CMYK with 255 for full ink. Where data is missing it is grey. It is valid until the next
// call of a method of d, and until c is released.
func (d *Decoder) Picture(c *Content, region image.Rectangle, shrink int) image.Image {
	if !c.progressive {
		planes := make([]target, len(c.planes))
		for i := range planes {
			planes[i] = c.planes[i].target
		}
		return c.image(planes, image.Rectangle{Max: c.Scaled(shrink)})
	}
	v := newView(c, region, shrink)
	d.place(v)
	v.fill(d.Pair)
	return c.image(v.planes, v.bounds())
}

// place gives a view the Decoder's planes.
func (d *Decoder) place(v *view) {
	for i := range v.planes {
		p := &v.parts[i]
		stride := v.mcus.Dx() * p.h * v.points
		v.planes[i] = target{d.plane(i, stride*v.mcus.Dy()*p.v*v.points), stride}
	}
}
