package jpeg

// meanScan reads a scan of DC values of a progressive file without damage.
type meanScan struct {
	*reader
	*Content
	header *scanHeader
	tables [4]*huffman // by the component's index in the scan; nil: each block has one more bit
	means  [4]int32    // from which the next are predicted
}

// newMeanScan returns the reader of a scan.
func newMeanScan(c *Content, p *passage) (*meanScan, bool) {
	s := &meanScan{reader: p.reader, Content: c, header: &p.scanHeader}
	for i, of := range p.of {
		if p.ah > 0 {
			break
		}
		d, err := p.tables.definition(0, of.dc)
		if err != nil {
			return s, false
		}
		var ok bool
		if s.tables[i], ok = newHuffman(d.counts, d.symbols, true); !ok {
			return s, false
		}
	}
	return s, true
}

// begin starts with a restart interval.
func (s *meanScan) begin() { s.means = [4]int32{} }

// row reads n MCUs of a row, from MCU x on.
func (s *meanScan) row(row, x, n int) bool {
	alone := len(s.header.of) == 1
	for ; n > 0; n-- {
		if s.pos > s.refill {
			if s.spent() {
				return false
			}
			s.more()
		}
		for i, of := range s.header.of {
			p, means := &s.parts[of.part], s.planes[of.part].means
			h, v := p.h, p.v
			if alone {
				h, v = 1, 1
			}
			for y := range v {
				at := (row*v+y)*p.across + x*h
				if !s.blocks(i, means[at:at+h]) {
					return false
				}
			}
		}
		x++
	}
	return true
}

// blocks reads adjacent blocks of a component, by its index in the scan.
func (s *meanScan) blocks(i int, means []int16) bool {
	t, al := s.tables[i], s.header.al
	for j := range means {
		if s.n < 32 {
			s.load()
		}
		if t == nil {
			means[j] |= int16(s.acc>>63) << al
			s.drop(1)
			continue
		}
		e := t.next(s.acc)
		if e == 0 {
			return false
		}
		s.means[i] += value(e, s.acc)
		means[j] = int16(s.means[i] << al)
		s.drop(uint(e & 63))
	}
	return true
}
