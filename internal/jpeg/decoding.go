package jpeg

// decoding is the reading of a File's scans one after the other, whatever is wrong with them.
type decoding struct {
	*Content
	state
	place  [64]int8 // of a coefficient in a block; negative: it is not kept
	reader *reader
	detail int // rows of pixels from the top that have detail in brightness, of a progressive file
}

// read reads the scans one after the other into empty content.
func (c *Content) read(r *reader) error {
	d := decoding{Content: c, state: c.begun, reader: r}
	r.damaged = true
	defer func() { r.damaged = false }()
	for k := range d.place {
		d.place[k] = -1
		if at := c.keep.at[k+1]; k <= c.keep.last && (at > 0 || k == 0) {
			d.place[k] = int8(at)
		}
	}
	if err := d.all(); err != nil {
		return err
	}
	d.complete()
	return nil
}

// all decodes the scans, up to the end of the image or of the file. A segment or a scan that means nothing ends the
// decoding if there was a scan before it. So does one scan more than are read.
func (d *decoding) all() error {
	walk := segments{data: d.data, at: d.scans}
	n, left := 0, d.MostScans()
	for {
		marker, body, err := walk.next()
		if marker == markSOS {
			left--
		}
		switch {
		case err != nil || marker == markEOI || isFrame(marker) || left < 0:
			if n == 0 {
				return foreign("no scan that can be decoded: %v", err)
			}
			return nil
		case marker == markSOS:
			h, err := d.scanHeader(body)
			for i := 0; err == nil && i < len(h.of); i++ {
				err = d.latch(h.of[i].part, &d.quants)
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

// cell returns the cell of the block at x, y of a component. y0 is its row within the MCU.
func (d *decoding) cell(part, y, y0, x int) cell {
	each := d.points * d.points
	p, to := &d.parts[part], &d.planes[part]
	if d.progressive {
		i := y*p.across + x
		return cell{mean: &to.means[i], kept: to.kept[i*each : (i+1)*each], known: &to.known[i]}
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
	inverse(d.points, to.pix[y*d.points*to.stride:], to.stride, values, &to.steps)
}

// note records how much of a scan there was: across MCUs in a row, and total in all, of which lost have no data, tail
// of them at the end.
func (d *decoding) note(h *scanHeader, across, total, lost, tail int) {
	v, height := 1, 8*d.vMax // of an MCU, in blocks and pixels
	if len(h.of) == 1 {
		height /= d.parts[h.of[0].part].v
	}
	there := (total - tail) / across // rows of MCUs
	for _, s := range h.of {
		to := &d.planes[s.part]
		if lost == 0 {
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
		if rows := (there + 1) * v * d.points; !d.progressive && tail > 0 { // the row itself was decoded
			grey(to.pix[min(rows*to.stride, len(to.pix)):])
		}
	}
	if h.ss == 0 && h.ah == 0 && lost > 0 {
		d.Found.Rows = min(d.Found.Rows, there*height)
		d.Found.Lost = max(d.Found.Lost, ceil(1000*lost, total))
	}
}

// grey makes samples grey that no data is for.
func grey(pix []uint8) {
	for i := range pix {
		pix[i] = 128
	}
}

// complete says what is missing.
func (d *decoding) complete() {
	for i := range d.planes {
		to := &d.planes[i]
		if !to.seen {
			d.Found.Rows, d.Found.Lost = 0, 1000
			grey(to.pix)
		}
		for _, b := range to.bits {
			d.Found.Coarse = d.Found.Coarse || b > 0
		}
	}
	d.Found.Blurred = d.progressive && d.planes[0].bits[1] == unknown && d.detail*10 < d.height*usable
}

// usable is the share of rows, in tenths, that must have detail so that a picture is not blurred.
const usable = 6
