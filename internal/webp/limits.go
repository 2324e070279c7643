package webp

// limits are the thresholds of the loop filter, each repeated for sixteen samples (RFC 6386, section 15.2). The first
// value of edge is 0 if nothing is filtered.
type limits struct {
	edge     [16]uint8 // between macroblocks
	inner    [16]uint8 // between blocks
	interior [16]uint8 // differences of neighbours beside an edge
	variance [16]uint8 // above which an edge has high variance
}

func (l *limits) set(level, sharpness int) {
	interior := level
	if sharpness > 0 {
		interior >>= 1
		if sharpness > 4 {
			interior >>= 1
		}
		interior = min(interior, 9-sharpness)
	}
	interior = max(interior, 1)
	variance := 0
	if level >= 15 {
		variance++
	}
	if level >= 40 {
		variance++
	}
	for i := range 16 {
		l.edge[i], l.inner[i] = uint8(2*level+4+interior), uint8(2*level+interior)
		l.interior[i], l.variance[i] = uint8(interior), uint8(variance)
	}
}

// readFilter reads the kind and the levels of the loop filter (RFC 6386, sections 9.3, 9.4 and 9.6).
func (f *frame) readFilter(b *bools) {
	f.simple = b.flag()
	base, sharpness := b.number(6), b.number(3)
	f.filtered = base > 0
	var references, modes [4]int // of which a key frame uses the first: intra frame, and blocks of 4x4
	adjusted := b.flag()
	if adjusted && b.flag() {
		for i := range references {
			references[i] = b.signed(6)
		}
		for i := range modes {
			modes[i] = b.signed(6)
		}
	}
	for i := range f.limits {
		level := f.ofSegment(base, f.strengths[i])
		for j := range f.limits[i] {
			own := level
			if adjusted {
				own += references[0] + j*modes[0]
			}
			if own = max(0, min(own, 63)); own > 0 {
				f.limits[i][j].set(own, sharpness)
			}
		}
	}
}
