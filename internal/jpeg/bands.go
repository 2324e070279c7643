package jpeg

import "newsroom.example/cards/internal/simd"

// bandScan reads a scan of AC coefficients of a progressive file without damage.
type bandScan struct {
	*reader
	*coefs
	across int // blocks of a row in memory
	each   int // kept coefficients of a block
	table  *huffman
	keep   *places
	run    int // blocks that have no further coefficients of the band
	ss, se int
	ah, al uint
	all    uint64 // coefficients of the band, by bits in the order of the stream
	mask   uint64 // those that are kept, of any band
	lanes  []lanes
	// changes is room for those of a row, in a later scan.
	changes []change
}

// newBandScan returns the reader of a scan.
func newBandScan(c *Content, p *passage) (*bandScan, bool) {
	part := p.of[0].part
	s := &bandScan{
		reader: p.reader, table: &huffman{},
		coefs: &c.planes[part].coefs, across: c.parts[part].across, each: c.points * c.points,
		keep: c.keep, ss: p.ss, se: p.se, ah: p.ah, al: p.al,
	}
	for k := 1; k <= c.keep.last; k++ {
		if c.keep.at[k+1] > 0 {
			s.mask |= 1 << k
		}
	}
	s.all = (uint64(2)<<p.se - 1) &^ (1<<p.ss - 1)
	d, err := p.tables.definition(1, p.of[0].ac)
	if err != nil {
		return s, false
	}
	of := bandEntry
	if p.ah > 0 {
		of, s.lanes, s.changes = refineEntry, newLanes(c.keep, s.each), make([]change, s.across)
	}
	return s, s.table.build(d.counts, d.symbols, of)
}

// bandEntry returns the entry of a symbol of a first scan with a code of length bits. As an entry of a sequential file
// it says how many coefficients the symbol advances. Apart are the symbols that set no coefficient: a run of sixteen
// zeros, which has no magnitude bits, and the end of 2^r blocks and more, which advances blockEnd + r.
func bandEntry(symbol uint8, length int) uint32 {
	if size := symbol & 15; size > 0 || symbol == zeros {
		e := entry(symbol, length, false)
		if size == 0 {
			e |= apart
		}
		return e
	}
	return uint32(length) | uint32(blockEnd+symbol>>4)<<8 | 63<<16 | uint32(length)<<24 | apart
}

// refineEntry returns the entry of a symbol of a later scan, which says how many coefficients it skips that are 0. The
// only magnitude bit is a sign.
func refineEntry(symbol uint8, length int) uint32 {
	switch e := bandEntry(symbol, length); {
	case symbol&15 > 1:
		return 0
	case e>>8&255 < blockEnd:
		return e - 1<<8
	default:
		return e
	}
}

// begin starts with a restart interval.
func (s *bandScan) begin() { s.run = 0 }

// row reads n blocks of a row, from block x on.
func (s *bandScan) row(row, x, n int) bool {
	i := row*s.across + x
	for end := i + n; i < end; {
		if s.run >= end-i && s.ah == 0 {
			s.run -= end - i
			return true
		}
		if s.pos > s.refill {
			if s.spent() {
				return false
			}
			s.more()
		}
		var ok bool
		switch {
		case s.ah > 0:
			i, ok = s.refine(i, end)
		case simd.AVX2:
			i, ok = firstAVX2(s, i, end)
		default:
			i, ok = s.firstGo(i, end)
		}
		if !ok {
			return false
		}
	}
	return true
}

// firstGo reads the first bits of blocks (T.81, G.1.2.2), from start to end-1, but stops when the window must be
// refilled. It reads at least one and returns the block after the last that it read.
func (s *bandScan) firstGo(start, end int) (done int, ok bool) {
	i, acc, n, pos := start, s.acc, s.n, s.pos
	t, keep, ss, se, al := s.table, s.keep, s.ss, s.se, s.al
	for ; i < end; i++ {
		if i > start && pos > s.refill {
			break
		}
		if s.run > 0 {
			skip := min(s.run, end-i)
			s.run -= skip
			i += skip - 1
			continue
		}
		to := s.coefs.kept[i*s.each : (i+1)*s.each]
		known := uint64(0)
		for k := ss; k <= se; {
			if n < 32 {
				s.acc, s.n, s.pos = acc, n, pos
				s.load()
				acc, n, pos = s.acc, s.n, s.pos
			}
			e := t.fast[acc>>(64-fastBits)]
			if e&apart != 0 {
				if e&lengths == 0 {
					if e = t.next(acc); e == 0 {
						return i, false
					}
				}
				lead := int(e >> 8 & 255)
				if lead >= blockEnd {
					acc <<= e & 63
					more := uint(lead - blockEnd)
					s.run = 1<<more + int(acc>>1>>(63-more)) - 1
					acc <<= more
					n -= int(e&63) + int(more)
					break
				}
				if e>>16&63 == 63 {
					acc <<= e & 63
					n -= int(e & 63)
					k += 16
					continue
				}
			}
			k += int(e >> 8 & 255)
			if k > se+1 {
				return i, false
			}
			known |= 1 << (k - 1)
			to[keep.at[uint8(k)]] = int16(value(e, acc) << al)
			acc <<= e & 63
			n -= int(e & 63)
		}
		s.known[i] |= known
	}
	s.acc, s.n, s.pos = acc, n, pos
	return i, true
}
