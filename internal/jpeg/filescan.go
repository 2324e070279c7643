package jpeg

// scanHeader is an SOS segment (T.81, B.2.3).
type scanHeader struct {
	of     []scanPart
	ss, se int  // the first and the last coefficient, in stream order
	ah, al uint // the bits that are known already, and those that are known after the scan
}

// scanPart is a component of a scan.
type scanPart struct {
	part   int // its index in the File
	dc, ac int // numbers of its tables
}

// scanHeader reads an SOS segment.
func (f *File) scanHeader(body []byte) (scanHeader, error) {
	var h scanHeader
	if len(body) == 0 || len(body) < 4+2*int(body[0]) {
		return h, foreign("scan header")
	}
	n, blocks := int(body[0]), 0
	for i := range n {
		id, tables := body[1+2*i], body[2+2*i]
		at := f.partOf(id, h.of)
		if at < 0 || tables>>4 > 3 || tables&15 > 3 {
			return h, foreign("scan header")
		}
		h.of = append(h.of, scanPart{at, int(tables >> 4), int(tables & 15)})
		blocks += f.parts[at].h * f.parts[at].v
	}
	if n == 0 || n > 1 && blocks > planBlocks {
		return h, foreign("a scan of %d components, %d blocks an MCU", n, blocks)
	}
	last := body[1+2*n:]
	h.ss, h.se, h.ah, h.al = int(last[0]), int(last[1]), uint(last[2]>>4), uint(last[2]&15)
	if !f.progressive {
		h.ss, h.se, h.ah, h.al = 0, 63, 0, 0
	}
	if h.se > 63 || h.ss > h.se || h.al > 13 || h.ss == 0 && h.se > 0 && f.progressive || h.ss > 0 && n > 1 {
		return h, foreign("a scan of coefficients %d to %d", h.ss, h.se)
	}
	return h, nil
}

// partOf returns the index of the component with the id that is not in the scan yet, or -1. Some files give several
// components the same id.
func (f *File) partOf(id uint8, seen []scanPart) int {
	for i := range f.parts {
		used := false
		for _, s := range seen {
			used = used || s.part == i
		}
		if f.parts[i].id == id && !used {
			return i
		}
	}
	return -1
}

// grid returns how many MCUs a scan has, across and down.
func (f *File) grid(h *scanHeader) (across, down int) {
	if len(h.of) == 1 {
		p := &f.parts[h.of[0].part]
		return p.width, p.height
	}
	return f.mcusX, f.mcusY
}

// coder decodes the blocks of a scan. There is one for each way of coding.
type coder interface {
	// begin starts with a piece.
	begin(p piece)
	// block decodes a block of a component, by its index in the scan. It returns false if it read a code that means
	// nothing; it has then gone on as if the block had ended there.
	block(i int, to cell) bool
	// spent reports whether more was read than the piece has.
	spent() bool
}

// cell is where the coefficients of a block are: values for a block that is decoded at once, the others for one of a
// progressive file, as in coefs.
type cell struct {
	values []int32
	mean   *int16
	kept   []int16
	known  *uint64
}

// scanRun is the decoding of one scan.
type scanRun struct {
	*decoding
	header       *scanHeader
	coder        coder
	pieces       pieces
	across, down int  // MCUs
	until        int  // index of the MCU before which the piece ends
	empty        bool // there is no data up to there
	lost         int  // MCUs without data
	tail         int  // those of them at the end
	wrong        int  // blocks with a code that means nothing
}

// scan decodes a scan that begins at an offset. It returns the offset behind it.
func (d *decoding) scan(h *scanHeader, at int) (next int, err error) {
	c, err := d.coder(h)
	if err != nil {
		return 0, err
	}
	r := scanRun{decoding: d, header: h, coder: c, pieces: newPieces(d.data, at, d.restart)}
	r.across, r.down = d.grid(h)
	r.rows()
	d.note(h, r.across, r.across*r.down, r.lost, r.tail)
	return r.pieces.end(), nil
}

// rows decodes all rows of MCUs. What is not in the data stays as it is: 0, which is grey.
func (r *scanRun) rows() {
	total := r.across * r.down
	r.advance(0, total)
	for i := 0; i < total; {
		row := i / r.across
		for end := i + r.across; i < end; i++ {
			if i == r.until {
				r.advance(i, total)
			}
			r.empty = r.empty || !r.mcu(row, i%r.across)
			if r.empty {
				r.lost, r.tail = r.lost+1, r.tail+1
			} else {
				r.tail = 0
			}
		}
		r.flush(r.header, row)
		if r.empty && r.until == total {
			r.lost, r.tail = r.lost+total-i, r.tail+total-i
			return
		}
		yield()
	}
}

// advance goes on to the piece that MCU i belongs to. If that is missing, nothing is decoded up to the next one.
func (r *scanRun) advance(i, total int) {
	r.until = total
	p, ok := r.pieces.peek()
	if r.empty = !ok; !ok {
		return
	}
	every := r.pieces.every
	if every == 0 || p.index*every > i {
		if every > 0 {
			r.empty, r.until = true, min(p.index*every, total)
			return
		}
	} else {
		r.until = min((p.index+1)*every, total)
	}
	r.pieces.take()
	r.coder.begin(p)
}

// mcu decodes an MCU. It returns false if its data is missing.
func (r *scanRun) mcu(row, col int) bool {
	for i, s := range r.header.of {
		p := &r.parts[s.part]
		h, v := p.h, p.v
		if len(r.header.of) == 1 {
			h, v = 1, 1
		}
		for y := range v {
			for x := range h {
				to := r.cell(s.part, row*v+y, y, col*h+x)
				if !r.coder.block(i, to) {
					r.wrong++
				}
			}
		}
	}
	return !r.coder.spent()
}
