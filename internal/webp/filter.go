package webp

import "newsroom.example/cards/internal/simd"

// filterLumaGo filters the edges of a macroblock's 16x16 samples at plane[at:]: the left one if left is set, then those
// between blocks if inner is set, then the same for the rows (RFC 6386, section 15.3).
func filterGo(plane []uint8, at, stride, size int, l *limits, left, top, inner bool) {
	side := func(along, across int, outer bool) {
		if outer {
			filterMacroblockEdge(plane, at, size, along, across, l)
		}
		for i := 4; inner && i < size; i += 4 {
			filterBlockEdge(plane, at+i*across, size, along, across, l)
		}
	}
	side(stride, 1, left)
	side(1, stride, top)
}

// filterSimpleGo is the simple filter, of luma only (RFC 6386, section 15.2).
func filterSimpleGo(plane []uint8, at, stride int, l *limits, left, top, inner bool) {
	side := func(along, across int, outer bool) {
		if outer {
			filterSimpleEdge(plane, at, along, across, int32(l.edge[0]))
		}
		for i := 4; inner && i < 16; i += 4 {
			filterSimpleEdge(plane, at+i*across, along, across, int32(l.inner[0]))
		}
	}
	side(stride, 1, left)
	side(1, stride, top)
}

// near reports whether the samples beside an edge differ so little that it is no edge of the picture.
func near(p1, p0, q0, q1, limit int32) bool { return 2*absolute(p0-q0)+absolute(p1-q1)>>1 <= limit }

func filterSimpleEdge(plane []uint8, at, along, across int, limit int32) {
	for range 16 {
		p1, p0 := int32(plane[at-2*across]), int32(plane[at-across])
		q0, q1 := int32(plane[at]), int32(plane[at+across])
		if near(p1, p0, q0, q1, limit) {
			adjust2(plane, at, across, p1, p0, q0, q1)
		}
		at += along
	}
}

// adjust2 changes the two samples at an edge.
func adjust2(plane []uint8, at, across int, p1, p0, q0, q1 int32) {
	a := 3*(q0-p0) + signed(p1-q1)
	plane[at-across] = clamped(p0 + signed(a+3)>>3)
	plane[at] = clamped(q0 - signed(a+4)>>3)
}

// filterBlockEdge filters the edge between blocks (RFC 6386, section 15.3).
func filterBlockEdge(plane []uint8, at, n, along, across int, l *limits) {
	for range n {
		if s, varied, ok := edgeAt(plane, at, across, int32(l.inner[0]), l); ok && varied {
			adjust2(plane, at, across, s[2], s[3], s[4], s[5])
		} else if ok {
			a := 3 * (s[4] - s[3])
			a1, a2 := signed(a+4)>>3, signed(a+3)>>3
			a3 := (a1 + 1) >> 1
			plane[at-2*across], plane[at-across] = clamped(s[2]+a3), clamped(s[3]+a2)
			plane[at], plane[at+across] = clamped(s[4]-a1), clamped(s[5]-a3)
		}
		at += along
	}
}

// filterMacroblockEdge filters the edge between macroblocks (RFC 6386, section 15.3).
func filterMacroblockEdge(plane []uint8, at, n, along, across int, l *limits) {
	for range n {
		if s, varied, ok := edgeAt(plane, at, across, int32(l.edge[0]), l); ok && varied {
			adjust2(plane, at, across, s[2], s[3], s[4], s[5])
		} else if ok {
			a := signed(3*(s[4]-s[3]) + signed(s[2]-s[5]))
			for i := range 3 {
				d := (int32(27-9*i)*a + 63) >> 7
				plane[at-(i+1)*across], plane[at+i*across] = clamped(s[3-i]+d), clamped(s[4+i]-d)
			}
		}
		at += along
	}
}

// edgeAt returns the eight samples across an edge, whether their variance is high, and whether they are filtered.
func edgeAt(plane []uint8, at, across int, limit int32, l *limits) (s [8]int32, varied, ok bool) {
	for i := range s {
		s[i] = int32(plane[at+(i-4)*across])
	}
	if !near(s[2], s[3], s[4], s[5], limit) {
		return s, false, false
	}
	for _, i := range [...]int{0, 1, 2, 4, 5, 6} {
		if absolute(s[i]-s[i+1]) > int32(l.interior[0]) {
			return s, false, false
		}
	}
	variance := int32(l.variance[0])
	return s, absolute(s[2]-s[3]) > variance || absolute(s[4]-s[5]) > variance, true
}

func absolute(v int32) int32 { return max(v, -v) }

// signed clamps a value to eight bits with a sign.
func signed(v int32) int32 { return max(-128, min(v, 127)) }

// filterRow filters the macroblocks of a row, of which the first columns are needed.
func (f *frame) filterRow(row []macroblock, p *planes, top bool) {
	for x := range row {
		m := &row[x]
		l := &f.limits[m.filter>>1][m.filter&1]
		if l.edge[0] == 0 {
			continue
		}
		luma, chroma := p.y+16*x, p.c+8*x
		switch {
		case f.simple:
			filterSimpleGo(p.luma, luma, p.lumaStride, l, x > 0, !top, m.inner)
		case simd.AVX2:
			filterVectors(p, luma, chroma, l, x > 0, !top, m.inner)
		default:
			filterGo(p.luma, luma, p.lumaStride, 16, l, x > 0, !top, m.inner)
			filterGo(p.cb, chroma, p.chromaStride, 8, l, x > 0, !top, m.inner)
			filterGo(p.cr, chroma, p.chromaStride, 8, l, x > 0, !top, m.inner)
		}
	}
}
