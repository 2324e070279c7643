package jpeg

// huffScan decodes the blocks of a scan with Huffman codes.
type huffScan struct {
	*reader
	tables [4]struct{ dc, ac *prefix } // by the component's index in the scan
	means  [4]int32                    // DC values from which the next are predicted
	run    int32                       // blocks that have no further coefficients
	ss, se int
	ah, al uint
	place  *[64]int8 // of a coefficient in a block; negative: it is not kept
	decode func(s *huffScan, i int, to cell) bool
}

// newHuffScan returns the coder of a scan, with the tables that are defined now.
func newHuffScan(d *decoding, h *scanHeader) (*huffScan, error) {
	s := &huffScan{reader: d.reader, ss: h.ss, se: h.se, ah: h.ah, al: h.al, place: &d.place}
	for i, of := range h.of {
		var err error
		if h.ss == 0 && h.ah == 0 {
			s.tables[i].dc, err = d.table(0, of.dc)
		}
		if err == nil && h.se > 0 {
			s.tables[i].ac, err = d.table(1, of.ac)
		}
		if err != nil {
			return nil, err
		}
	}
	switch {
	case !d.progressive:
		s.decode = (*huffScan).sequential
	case h.ss == 0 && h.ah == 0:
		s.decode = (*huffScan).firstMean
	case h.ss == 0:
		s.decode = (*huffScan).nextMean
	case h.ah == 0:
		s.decode = (*huffScan).first
	default:
		s.decode = (*huffScan).refine
	}
	return s, nil
}

func (s *huffScan) begin(p piece) {
	s.start(p.data, nil)
	s.means, s.run = [4]int32{}, 0
}

func (s *huffScan) block(i int, to cell) bool {
	if s.pos > s.refill && !s.spent() {
		s.more()
	}
	return s.decode(s, i, to)
}

// mean reads the difference of a DC value.
func (s *huffScan) mean(i int) bool {
	size, ok := s.tables[i].dc.next(s.reader)
	if size > 16 {
		size, ok = 0, false
	}
	s.means[i] += s.extended(uint(size))
	return ok
}

// sequential reads a block of a sequential file (T.81, F.2.2).
func (s *huffScan) sequential(i int, to cell) bool {
	ok := s.mean(i)
	to.values[0] = s.means[i]
	ac := s.tables[i].ac
	for k := 1; k < inBlock; k++ {
		symbol, valid := ac.next(s.reader)
		ok = ok && valid
		if size := uint(symbol & 15); size > 0 {
			k += int(symbol >> 4)
			v := s.extended(size)
			if k >= inBlock {
				return false
			}
			if at := s.place[k]; at >= 0 {
				to.values[at] = v
			}
			continue
		}
		if symbol != 0xf0 {
			break
		}
		k += 15
	}
	return ok
}

// firstMean reads the first bits of a DC value (T.81, G.1.2.1).
func (s *huffScan) firstMean(i int, to cell) bool {
	ok := s.mean(i)
	*to.mean = int16(s.means[i] << s.al)
	return ok
}

// nextMean reads one more bit of a DC value.
func (s *huffScan) nextMean(_ int, to cell) bool {
	if s.bits(1) > 0 {
		*to.mean |= 1 << s.al
	}
	return true
}

// first reads the first bits of a block's AC coefficients (T.81, G.1.2.2).
func (s *huffScan) first(i int, to cell) bool {
	if s.run > 0 {
		s.run--
		return true
	}
	ok, ac := true, s.tables[i].ac
	for k := s.ss; k <= s.se; k++ {
		symbol, valid := ac.next(s.reader)
		ok = ok && valid
		zeros, size := int(symbol>>4), uint(symbol&15)
		switch {
		case size > 0:
			k += zeros
			v := s.extended(size)
			if k >= inBlock {
				return false
			}
			s.set(to, k, v<<s.al)
		case zeros == 15:
			k += 15
		default:
			s.run = 1<<zeros + s.bits(uint(zeros)) - 1
			return ok
		}
	}
	return ok
}

// set stores a coefficient that was 0.
func (s *huffScan) set(to cell, k int, v int32) {
	setCell(to, s.place, k, v)
}

// setCell stores a coefficient of a progressive file that was 0.
func setCell(to cell, place *[64]int8, k int, v int32) {
	*to.known |= 1 << k
	if at := place[k]; at >= 0 {
		to.kept[at] = int16(v)
	}
}

// refine reads one more bit of a block's AC coefficients (T.81, G.1.2.3).
func (s *huffScan) refine(i int, to cell) bool {
	ok, k, ac := true, s.ss, s.tables[i].ac
	for s.run == 0 && k <= s.se {
		symbol, valid := ac.next(s.reader)
		ok = ok && valid
		zeros, v := int(symbol>>4), int32(0)
		switch {
		case symbol&15 > 0:
			if v = -1 << s.al; s.bits(1) > 0 {
				v = 1 << s.al
			}
		case zeros < 15:
			s.run = 1<<zeros + s.bits(uint(zeros))
			continue
		}
		for ; k <= s.se; k++ {
			if *to.known>>k&1 > 0 {
				s.correct(to, k)
			} else if zeros--; zeros < 0 {
				break
			}
		}
		if v != 0 && k <= s.se {
			s.set(to, k, v)
		}
		k++
	}
	if s.run > 0 {
		for ; k <= s.se; k++ {
			if *to.known>>k&1 > 0 {
				s.correct(to, k)
			}
		}
		s.run--
	}
	return ok
}

// correct reads the next bit of a coefficient that is not 0.
func (s *huffScan) correct(to cell, k int) {
	if s.bits(1) > 0 {
		correctCell(to, s.place, k, s.al)
	}
}

// correctCell sets the next bit of a coefficient that is not 0.
func correctCell(to cell, place *[64]int8, k int, al uint) {
	at := place[k]
	if at < 0 {
		return
	}
	c, bit := &to.kept[at], int16(1)<<al
	switch {
	case *c >= 0 && *c&bit == 0:
		*c += bit
	case *c < 0 && -*c&bit == 0:
		*c -= bit
	}
}
