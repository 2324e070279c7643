package focus

// A page is a screenshot, a poster or a chart, also one with photographs or shades on it. It has edges that are exactly
// upright or level, of boxes and frames, and marks on even grounds, which are letters and icons. What a camera takes is
// hardly ever so exact.
const (
	even     = 4  // levels by which an even ground differs, because of the ripples of JPEG
	evenRun  = 10 // pixels of even ground between marks
	evenSide = 6  // pixels of even ground beside an edge
	longMark = 72 // pixels of a mark
	exactly  = 5  // lines in succession that have the same edge
)

// page is what the lines show of a page.
type page struct {
	straight int            // lines of straight edges; linesEach is an edge along a whole side
	longest  int            // of these edges
	marks    int            // on even ground
	steps    [longLine]step // the edges of the line before
}

// step is a hard edge in front of a pixel: for how many lines it has been there, and the brightness of the grounds
// before and after it; -1 where the ground is not even.
type step struct{ lines, before, after int16 }

// turn begins with the lines of the other direction.
func (p *page) turn() { p.steps = [longLine]step{} }

// look looks at a line of n pixels. differences are those of each pixel from the one before.
func (p *page) look(y []uint8, differences []uint8, stride int) {
	n := len(differences)
	for x := range n {
		d := differences[x]
		if d >= hard && d >= differences[max(0, x-1)] && (x+1 == n || d > differences[x+1]) {
			p.edge(y, x, n, stride)
		} else {
			p.steps[x].lines = 0
		}
	}
	p.grounds(y, n, stride)
}

// edge looks at a hard edge in front of pixel x.
func (p *page) edge(y []uint8, x, n, stride int) {
	was, now := p.steps[x], step{1, evenAt(y, x-2-evenSide, n, stride), evenAt(y, x+2, n, stride)}
	switch {
	case now.before < 0 && now.after < 0:
		now.lines = 0
	case was.lines > 0 && (same(now.before, was.before) || same(now.after, was.after)):
		now.lines = was.lines + 1
		p.longest = max(p.longest, int(now.lines))
		if now.lines == exactly {
			p.straight += exactly
		} else if now.lines > exactly {
			p.straight++
		}
	}
	p.steps[x] = now
}

func same(a, b int16) bool { return a >= 0 && b >= 0 && abs(int(a)-int(b)) <= even }

// evenAt returns the brightness of the ground that begins at x, or -1 if it is not even.
func evenAt(y []uint8, x, n, stride int) int16 {
	if x < 0 || x+evenSide > n {
		return -1
	}
	v := int(y[x*stride])
	for k := range evenSide {
		if abs(int(y[(x+k)*stride])-v) > even {
			return -1
		}
	}
	return int16(v)
}

// grounds counts the marks of a line of n pixels, each between two runs of the same even ground.
func (p *page) grounds(y []uint8, n, stride int) {
	end, ground := 0, -1 // of the last run
	for x := 0; x < n; {
		v, to, most := int(y[x*stride]), x+1, 0
		for to < n && abs(int(y[to*stride])-v) <= even {
			to++
		}
		if to-x < evenRun {
			x++
			continue
		}
		if ground >= 0 && x-end <= longMark && abs(ground-v) <= even {
			for k := end; k < x; k++ {
				most = max(most, abs(int(y[k*stride])-v))
			}
			if most >= hard {
				p.marks++
			}
		}
		end, ground, x = to, v, to
	}
}
