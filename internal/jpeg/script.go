package jpeg

// passage is a scan of a progressive file without damage.
type passage struct {
	scanHeader
	tables state  // as they are defined before the scan
	data   []byte // up to the marker behind the scan
	after  int    // index of the scan that must have read a block before this one may; -1: none
	across int    // MCUs
	down   int
	rows   int  // that are read
	taken  bool // rows are being read, or all are read

	reader  *reader // nil before the first row and after the last
	passing passing
	until   int   // MCUs before the next restart marker, if there are any
	marker  uint8 // the next one
}

// script finds all scans of a progressive file with Huffman codes. It returns false if there is anything unusual about
// the file: then its scans must be read one after the other by a decoding. What is known once all scans are read is set
// in the content.
func (c *Content) script() (scans []passage, ok bool) {
	d := decoding{Content: c, state: c.begun}
	walk := segments{data: c.data, at: c.scans}
	for {
		marker, body, err := walk.next()
		switch {
		case err != nil || isFrame(marker):
			return nil, false
		case marker == markEOI:
			d.complete()
			return scans, len(scans) > 0
		case marker != markSOS:
			if d.take(marker, body) != nil {
				return nil, false
			}
			continue
		}
		h, err := c.scanHeader(body)
		if err != nil || len(scans) == c.MostScans() || !d.follows(&h) {
			return nil, false
		}
		pieces := newPieces(c.data, walk.at, d.restart)
		end := pieces.end()
		s := passage{scanHeader: h, tables: d.state, data: c.data[walk.at:end], after: before(scans, &h)}
		s.across, s.down = c.grid(&h)
		scans = append(scans, s)
		d.note(&h, s.across, s.across*s.down, 0, 0)
		walk.at = end
	}
}

// follows reports whether a scan may come now (T.81, G.1.1.1): no bit of a coefficient is sent twice or left out.
func (d *decoding) follows(h *scanHeader) bool {
	for _, s := range h.of {
		if d.latch(s.part, &d.quants) != nil {
			return false
		}
		for _, known := range d.planes[s.part].bits[h.ss : h.se+1] {
			if h.ah == 0 && known != unknown || h.ah > 0 && (uint(known) != h.ah || h.al+1 != h.ah) {
				return false
			}
		}
	}
	return true
}

// before returns the index of the last scan that a scan builds on, or -1. Scans of DC values and of other coefficients
// have nothing in common.
func before(scans []passage, h *scanHeader) int {
	for i := len(scans) - 1; i >= 0; i-- {
		other := &scans[i]
		if (other.ss > 0) == (h.ss > 0) && (h.ss == 0 || other.of[0].part == h.of[0].part) {
			return i
		}
	}
	return -1
}
