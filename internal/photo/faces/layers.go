package faces

// run computes the result of the network for a picture. Each layer makes its rows when the next one needs them, and
// keeps only a few: they stay in the cache of the processor.
func (s *scratch) run(n *net, p Picture) {
	s.w, s.h = cells(p.W), cells(p.H)
	s.window.sized(s.w * stride)
	const last = len(widths) - 1
	w, h := s.w*stride/2-1, s.h*stride/2-1 // the first layer has no border
	for i := range last {
		s.maps[i].sized(w, h, widths[i], reach)
		w, h = (w+1)/2, (h+1)/2
	}
	s.maps[last].sized(s.w, s.h, widths[last], s.h)
	s.deep(n, p)
}

// upTo makes the rows of a layer up to row y.
func (s *scratch) upTo(i int, n *net, p Picture, y int) {
	for y = min(y, s.maps[i].h-1); s.maps[i].made <= y; {
		if i == 0 {
			s.first(n, p)
		} else {
			s.halve(i, n, p)
		}
	}
}

// first makes the next row of the first layer: sums over three by three pixels, without a border, and the largest of
// two by two of them.
func (s *scratch) first(n *net, p Picture) {
	out := &s.maps[0]
	s.window.upTo(p, 2*out.made+reach-1)
	row := colours * s.window.w
	f := four{step: 2 * colours, count: out.w, run: row}
	for i := range f.x {
		f.x[i] = s.window.v[i/2*row+i%2*colours:]
	}
	n.sums[0].pool(out.next(), &f)
}

// halve makes the next row of a layer that has half the width and height of the one before.
func (s *scratch) halve(i int, n *net, p Picture) {
	in, out := &s.maps[i-1], &s.maps[i]
	y := 2 * out.made
	s.upTo(i-1, n, p, y+2)
	row := in.w * in.c
	s.rows = resized(s.rows, 2*row)
	upper, lower := s.rows[:row], s.rows[row:]
	s.weigh(upper, in, n.each[i], y)
	if y+1 == in.h {
		lower = upper
	} else {
		s.weigh(lower, in, n.each[i], y+1)
	}
	to := out.next()
	f := four{[4][]int16{upper, upper[in.c:], lower, lower[in.c:]}, 2 * in.c, in.w / 2, 0}
	n.sums[i].pool(to, &f)
	if in.w%2 == 1 {
		l, r := upper[row-in.c:], lower[row-in.c:]
		n.sums[i].pool(to[in.w/2*out.c:], &four{[4][]int16{l, l, r, r}, 0, 1, 0})
	}
}

// weigh computes row y of a layer's values, each weighted with its neighbours.
func (s *scratch) weigh(out []int16, in *plane, weights []int16, y int) {
	around(out, [3][]int16{in.row(y - 1), in.row(y), in.row(y + 1)}, weights, in.c, in.w)
}

// deep is the last layer, in which each pixel becomes the largest of itself and those to the right and below, and the
// result.
func (s *scratch) deep(n *net, p Picture) {
	const i = len(widths) - 1
	in, out := &s.maps[i-1], &s.maps[i]
	for y := range in.h {
		s.upTo(i-1, n, p, y+1)
		s.rows = resized(s.rows, in.w*in.c)
		s.weigh(s.rows, in, n.each[i], y)
		s.each(&n.sums[i], s.rows, in.w)
		to := out.next()
		for k, v := range s.sums[:in.w*out.c] {
			to[k] = leaky(narrow(v, n.sums[i].shift))
		}
	}
	s.result = resized(s.result, s.w*s.h*padded)
	largest := resized(s.rows, out.w*out.c)
	s.rows = largest
	for y := range out.h {
		upper := out.row(y)[out.c:]
		lower := out.row(min(y+1, out.h-1))[out.c:]
		for x := range out.w {
			at, next := x*out.c, min(x+1, out.w-1)*out.c
			for k := range out.c {
				largest[at+k] = max(upper[at+k], upper[next+k], lower[at+k], lower[next+k])
			}
		}
		s.each(&n.last, largest, out.w)
		copy(s.result[y*s.w*padded:], s.sums[:s.w*padded])
	}
}

// each computes all sums of n pixels, into s.sums.
func (s *scratch) each(w *sum, pixels []int16, n int) {
	s.sums = resized(s.sums, (n+3)/4*4*w.out)
	f := four{step: 4 * w.in, count: n / 4}
	for i := range f.x {
		f.x[i] = pixels[min(i, n-1)*w.in:]
	}
	w.all(s.sums, &f)
	if rest := n % 4; rest > 0 {
		f.count = 1
		for i := range f.x {
			f.x[i] = pixels[(n-rest+min(i, rest-1))*w.in:]
		}
		w.all(s.sums[(n-rest)*w.out:], &f)
	}
}
