package jpeg

// arithScan decodes the blocks of a scan with arithmetic coding, by the statistical models of ITU-T T.81, F.1.4 and
// G.1.3.
type arithScan struct {
	arith
	of      []scanPart
	means   [4]int32           // DC values from which the next are predicted
	before  [4]int             // which decisions the last difference of a component chooses
	dc      [4][dcModel]chance // by number of the table
	ac      [4][acModel]chance // by number of the table
	fixed   chance             // of signs that follow no model
	bounds  [4][2]uint         // of small and large differences: L and U
	shift   [4]int             // Kx
	ss, se  int
	al      uint
	place   *[64]int8
	decode  func(s *arithScan, i int, to cell) bool
	invalid bool // a value was too large: the rest of the piece means nothing
}

// Sizes of the models: decisions of DC differences and of AC coefficients, and where those of magnitudes begin.
const (
	dcModel, dcMagnitude                 = 64, 20
	acModel, acMagnitudeLow, acMagnitude = 256, 189, 217
	magnitudeBits                        = 14 // from the decision about a size to that about its bits
)

// newArithScan returns the coder of a scan, with the conditions that are set now.
func newArithScan(d *decoding, h *scanHeader) *arithScan {
	s := &arithScan{of: h.of, bounds: d.bounds, shift: d.shifts, ss: h.ss, se: h.se, al: h.al, place: &d.place}
	switch {
	case !d.progressive:
		s.decode = (*arithScan).sequential
	case h.ss == 0 && h.ah == 0:
		s.decode = (*arithScan).firstMean
	case h.ss == 0:
		s.decode = (*arithScan).nextMean
	case h.ah == 0:
		s.decode = (*arithScan).first
	default:
		s.decode = (*arithScan).refine
	}
	return s
}

func (s *arithScan) begin(p piece) {
	s.arith.begin(p)
	s.means, s.before, s.invalid = [4]int32{}, [4]int{}, false
	clear(s.dc[:])
	clear(s.ac[:])
	s.fixed = even
}

func (s *arithScan) block(i int, to cell) bool {
	return !s.invalid && s.decode(s, i, to)
}

// spent reports whether nothing of the piece can be decoded any more.
func (s *arithScan) spent() bool { return s.invalid || s.arith.spent() }

// magnitude reads the bits of a magnitude below its highest (figure F.24).
func (s *arithScan) magnitude(model []chance, at int, high int32) int32 {
	v := high
	for at += magnitudeBits; high > 1; {
		if high >>= 1; s.decide(&model[at]) > 0 {
			v |= high
		}
	}
	return v
}

// high reads how many bits a magnitude has: it doubles high as often as the decisions from at on are 1. at is then that
// of the last one.
func (s *arithScan) high(model []chance, at int, high int32) (int32, int) {
	for s.decide(&model[at]) > 0 {
		at++
		if high <<= 1; high == 1<<15 {
			s.invalid = true
			return 0, 0
		}
	}
	return high, at
}

// mean reads the difference of a DC value (F.1.4.4.1).
func (s *arithScan) mean(i int) bool {
	table := s.of[i].dc
	model, at := s.dc[table][:], s.before[i]
	if s.decide(&model[at]) == 0 {
		s.before[i] = 0
		return true
	}
	sign := s.decide(&model[at+1])
	at += 2 + sign
	high := int32(s.decide(&model[at]))
	if high > 0 {
		if high, at = s.high(model, dcMagnitude, high); s.invalid {
			return false
		}
	}
	switch low, large := s.bounds[table][0], s.bounds[table][1]; {
	case high < 1<<low>>1:
		s.before[i] = 0
	case high > 1<<large>>1:
		s.before[i] = 12 + 4*sign
	default:
		s.before[i] = 4 + 4*sign
	}
	v := s.magnitude(model, at, high) + 1
	if sign > 0 {
		v = -v
	}
	s.means[i] += v
	return true
}

// coefficient reads the value of a coefficient that is not 0 (F.1.4.4.2).
func (s *arithScan) coefficient(table, k int) (v int32, ok bool) {
	model, at := s.ac[table][:], 3*(k-1)+2
	sign := s.decide(&s.fixed)
	high := int32(s.decide(&model[at]))
	if high > 0 && s.decide(&model[at]) > 0 {
		from := acMagnitude
		if k <= s.shift[table] {
			from = acMagnitudeLow
		}
		if high, at = s.high(model, from, 2*high); s.invalid {
			return 0, false
		}
	}
	v = s.magnitude(model, at, high) + 1
	if sign > 0 {
		v = -v
	}
	return v, true
}

// each reads the AC coefficients of a block, from ss to se, and gives each that is not 0 to set.
func (s *arithScan) each(table int, set func(k int, v int32)) bool {
	model := s.ac[table][:]
	for k := max(1, s.ss); k <= s.se; k++ {
		if s.decide(&model[3*(k-1)]) > 0 { // the end of the block
			return true
		}
		for s.decide(&model[3*(k-1)+1]) == 0 {
			if k++; k > s.se {
				s.invalid = true
				return false
			}
		}
		v, ok := s.coefficient(table, k)
		if !ok {
			return false
		}
		set(k, v)
	}
	return true
}

// sequential reads a block of a sequential file.
func (s *arithScan) sequential(i int, to cell) bool {
	ok := s.mean(i)
	to.values[0] = s.means[i]
	return ok && s.each(s.of[i].ac, func(k int, v int32) {
		if at := s.place[k]; at >= 0 {
			to.values[at] = v
		}
	})
}

// firstMean reads the first bits of a DC value.
func (s *arithScan) firstMean(i int, to cell) bool {
	ok := s.mean(i)
	*to.mean = int16(s.means[i] << s.al)
	return ok
}

// nextMean reads one more bit of a DC value.
func (s *arithScan) nextMean(_ int, to cell) bool {
	if s.decide(&s.fixed) > 0 {
		*to.mean |= 1 << s.al
	}
	return true
}

// first reads the first bits of a block's AC coefficients.
func (s *arithScan) first(i int, to cell) bool {
	return s.each(s.of[i].ac, func(k int, v int32) { setCell(to, s.place, k, v<<s.al) })
}

// refine reads one more bit of a block's AC coefficients (G.1.3.3).
func (s *arithScan) refine(i int, to cell) bool {
	model := s.ac[s.of[i].ac][:]
	last := s.se // coefficient that is not 0
	for last > 0 && *to.known>>last&1 == 0 {
		last--
	}
	for k := s.ss; k <= s.se; k++ {
		at := 3 * (k - 1)
		if k > last && s.decide(&model[at]) > 0 { // the end of the block
			return true
		}
		for ; *to.known>>k&1 == 0; at += 3 {
			if s.decide(&model[at+1]) > 0 {
				break
			}
			if k++; k > s.se {
				s.invalid = true
				return false
			}
		}
		switch {
		case *to.known>>k&1 > 0:
			if at = 3 * (k - 1); s.decide(&model[at+2]) > 0 {
				correctCell(to, s.place, k, s.al)
			}
		case s.decide(&s.fixed) > 0:
			setCell(to, s.place, k, -1<<s.al)
		default:
			setCell(to, s.place, k, 1<<s.al)
		}
	}
	return true
}
