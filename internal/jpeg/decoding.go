package jpeg

import "image"

// decoding is one decoding of a File.
type decoding struct {
	*File
	state
	shrink, points int
	keep           *places
	place          [64]int8 // of a coefficient in a block; negative: it is not kept
	reader         *reader
	planes         []plane
	found          Found
	detail         int // rows of pixels from the top that have detail in brightness, of a progressive file
}

// plane is a component while it is decoded.
type plane struct {
	pix    []uint8
	stride int
	quant  *[64]int32 // in the order of the kept coefficients; nil before the component's first scan
	row    []int32    // coefficients of a row of MCUs of a sequential file, and scratch of a progressive one
	kept   []int16    // coefficients of a progressive file that the size needs
	known  []uint64   // which of all its coefficients are not 0
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

// Decode decodes the picture at 1/(1<<shrink) of its size; shrink is 0 to 3. The image is an *image.Gray, an
// *image.YCbCr, an opaque *image.RGBA, or an *image.CMYK with 255 for full ink. Where data is missing it is grey. The
// error is ErrForeign if the file has no scan that can be decoded.
func (f *File) Decode(shrink int) (image.Image, Found, error) {
	d := &decoding{File: f, state: f.begun, shrink: shrink, points: 8 >> shrink, keep: &keeps[3-shrink]}
	d.reader = &reader{damaged: true}
	d.arrange()
	if err := d.all(); err != nil {
		return nil, Found{}, err
	}
	d.complete()
	return d.image(), d.found, nil
}

// arrange allocates the planes.
func (d *decoding) arrange() {
	d.found.Rows = d.height
	for k := range d.place {
		d.place[k] = -1
		if at := d.keep.at[k+1]; k <= d.keep.last && (at > 0 || k == 0) {
			d.place[k] = int8(at)
		}
	}
	each := d.points * d.points
	d.planes = make([]plane, len(d.parts))
	for i := range d.parts {
		p, to := &d.parts[i], &d.planes[i]
		to.stride = p.across * d.points
		to.pix = make([]uint8, to.stride*p.down*d.points)
		for k := range to.bits {
			to.bits[k] = unknown
		}
		rows := p.v
		if d.progressive {
			to.kept, to.known = make([]int16, p.across*p.down*each), make([]uint64, p.across*p.down)
			rows = 1
		}
		to.row = make([]int32, p.across*rows*each)
	}
}

// all decodes the scans, up to the end of the image or of the file. A segment or a scan that means nothing ends the
// decoding if there was a scan before it.
func (d *decoding) all() error {
	walk := segments{data: d.data, at: d.scans}
	for n := 0; ; {
		marker, body, err := walk.next()
		switch {
		case err != nil || marker == markEOI || isFrame(marker):
			if n == 0 {
				return foreign("no scan that can be decoded: %v", err)
			}
			return nil
		case marker == markSOS:
			h, err := d.scanHeader(body)
			if err == nil {
				err = d.latch(&h)
			}
			if err == nil {
				walk.at, err = d.scan(&h, walk.at)
			}
			switch {
			case err == nil:
				n++
			case n == 0:
				return err
			}
		default:
			if err := d.take(marker, body); err != nil && n == 0 {
				return err
			}
		}
	}
}

// coder returns the coder of a scan.
func (d *decoding) coder(h *scanHeader) (coder, error) {
	if d.arithmetic {
		return newArithScan(d, h), nil
	}
	return newHuffScan(d, h)
}

// latch gives the components of a scan the quantisation tables that are defined at their first scan.
func (d *decoding) latch(h *scanHeader) error {
	for _, s := range h.of {
		to := &d.planes[s.part]
		if to.quant != nil {
			continue
		}
		q := d.quants[d.parts[s.part].tq]
		if q == nil {
			return foreign("no quantisation table %d", d.parts[s.part].tq)
		}
		arranged := d.keep.arranged(q)
		to.quant = &arranged
	}
	return nil
}

// cell returns the cell of the block at x, y of a component. y0 is its row within the MCU.
func (d *decoding) cell(part, y, y0, x int) cell {
	each := d.points * d.points
	p, to := &d.parts[part], &d.planes[part]
	if d.progressive {
		i := y*p.across + x
		return cell{kept: to.kept[i*each : (i+1)*each], known: &to.known[i]}
	}
	i := y0*p.across + x
	return cell{values: to.row[i*each : (i+1)*each]}
}

// flush computes the samples of a row of MCUs of a sequential file.
func (d *decoding) flush(h *scanHeader, row int) {
	if d.progressive {
		return
	}
	for _, s := range h.of {
		p, to := &d.parts[s.part], &d.planes[s.part]
		v := p.v
		if len(h.of) == 1 {
			v = 1
		}
		each := p.across * d.points * d.points
		for y := range v {
			d.inverse(s.part, row*v+y, to.row[y*each:(y+1)*each])
		}
		clear(to.row)
	}
}

// inverse computes the samples of a row of blocks.
func (d *decoding) inverse(part, y int, values []int32) {
	to := &d.planes[part]
	inverse(d.points, to.pix[y*d.points*to.stride:], to.stride, values, to.quant)
}

// note records how much of a scan there was.
func (d *decoding) note(r *scanRun) {
	h, total := r.header, r.across*r.down
	v, height := 1, 8*d.vMax // of an MCU, in blocks and pixels
	if len(h.of) == 1 {
		height /= d.parts[h.of[0].part].v
	}
	there := (total - r.tail) / r.across // rows of MCUs
	for _, s := range h.of {
		to := &d.planes[s.part]
		if r.lost == 0 {
			for k := h.ss; k <= h.se; k++ {
				to.bits[k] = uint8(h.al)
			}
		}
		if h.ss == 0 {
			to.seen = true
		}
		if s.part == 0 && h.ss == 1 && h.ah == 0 {
			d.detail = max(d.detail, there*height)
		}
		if len(h.of) > 1 {
			v = d.parts[s.part].v
		}
		if rows := (there + 1) * v * d.points; !d.progressive && r.tail > 0 { // the row itself was decoded
			grey(to.pix[min(rows*to.stride, len(to.pix)):])
		}
	}
	if h.ss == 0 && h.ah == 0 && r.lost > 0 {
		d.found.Rows = min(d.found.Rows, there*height)
		d.found.Lost = max(d.found.Lost, ceil(1000*r.lost, total))
	}
}

// grey makes samples grey that no data is for.
func grey(pix []uint8) {
	for i := range pix {
		pix[i] = 128
	}
}

// complete computes the samples of a progressive file, and says what is missing.
func (d *decoding) complete() {
	for i := range d.planes {
		to := &d.planes[i]
		if !to.seen {
			d.found.Rows, d.found.Lost = 0, 1000
			grey(to.pix)
		}
		for _, b := range to.bits {
			d.found.Coarse = d.found.Coarse || b > 0
		}
		if d.progressive && to.quant != nil {
			d.transform(i)
		}
	}
	d.found.Blurred = d.progressive && d.planes[0].bits[1] == unknown && d.detail*10 < d.height*usable
}

// usable is the share of rows, in tenths, that must have detail so that a picture is not blurred.
const usable = 6

// transform computes the samples of a component of a progressive file.
func (d *decoding) transform(part int) {
	to := &d.planes[part]
	each := len(to.row)
	for y := range d.parts[part].down {
		for j, v := range to.kept[y*each : (y+1)*each] {
			to.row[j] = int32(v)
		}
		d.inverse(part, y, to.row)
		if y%8 == 0 {
			yield()
		}
	}
}
