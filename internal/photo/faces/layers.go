package faces

// mean is the mean colour of the pictures with which the network was trained, in units of 1/32.
var mean = [3]int16{3744, 3670, 3117}

// run computes the result of the network for a picture.
func (s *scratch) run(n *net, p Picture) {
	s.w, s.h = cells(p.W), cells(p.H)
	s.load(p)
	s.first(n)
	for i := 1; i < len(widths)-1; i++ {
		s.halve(i, n)
	}
	s.deep(n)
}

// load writes the picture as four values a pixel, the fourth 0, with black to the right and below up to whole cells.
func (s *scratch) load(p Picture) {
	w, h := s.w*stride, s.h*stride
	s.input = resized(s.input, 4*w*h)
	for y := range h {
		row := s.input[4*w*y:][:4*w]
		n := 0
		if y < p.H {
			n = p.W
			for x := range n {
				rgb, v := p.Pix[3*(p.W*y+x):][:3], row[4*x:][:4]
				v[0], v[1], v[2], v[3] = 32*int16(rgb[0])-mean[0], 32*int16(rgb[1])-mean[1], 32*int16(rgb[2])-mean[2], 0
			}
		}
		for x := n; x < w; x++ {
			v := row[4*x:][:4]
			v[0], v[1], v[2], v[3] = -mean[0], -mean[1], -mean[2], 0
		}
	}
}

// first is the first layer: sums over three by three pixels, without a border, and the largest of two by two of them.
func (s *scratch) first(n *net) {
	w, h := s.w*stride, s.h*stride
	out := &s.maps[0]
	out.sized(w/2-1, h/2-1, widths[0])
	for y := range out.h {
		f := four{step: 8, count: out.w, run: 4 * w}
		for i := range f.x {
			f.x[i] = s.input[4*(w*(2*y+i/2)+i%2):]
		}
		n.sums[0].pool(out.row(y)[out.c:], &f)
	}
}

// halve is one of the layers that have half the width and height of the one before.
func (s *scratch) halve(i int, n *net) {
	in, out := &s.maps[i-1], &s.maps[i]
	out.sized((in.w+1)/2, (in.h+1)/2, widths[i])
	row := in.w * in.c
	s.rows = resized(s.rows, 2*row)
	for y := range out.h {
		upper, lower := s.rows[:row], s.rows[row:]
		s.weigh(upper, in, n.each[i], 2*y)
		if 2*y+1 == in.h {
			lower = upper
		} else {
			s.weigh(lower, in, n.each[i], 2*y+1)
		}
		to := out.row(y)[out.c:]
		f := four{[4][]int16{upper, upper[in.c:], lower, lower[in.c:]}, 2 * in.c, in.w / 2, 0}
		n.sums[i].pool(to, &f)
		if in.w%2 == 1 {
			l, r := upper[row-in.c:], lower[row-in.c:]
			n.sums[i].pool(to[in.w/2*out.c:], &four{[4][]int16{l, l, r, r}, 0, 1, 0})
		}
	}
}

// weigh computes row y of a layer's values, each weighted with its neighbours.
func (s *scratch) weigh(out []int16, in *plane, weights []int16, y int) {
	around(out, [3][]int16{in.row(y - 1), in.row(y), in.row(y + 1)}, weights, in.c, in.w)
}

// deep is the last layer, in which each pixel becomes the largest of itself and those to the right and below, and the
// result.
func (s *scratch) deep(n *net) {
	const i = len(widths) - 1
	in, out := &s.maps[i-1], &s.maps[i]
	out.sized(in.w, in.h, widths[i])
	s.rows = resized(s.rows, in.w*in.c)
	for y := range in.h {
		s.weigh(s.rows, in, n.each[i], y)
		s.each(&n.sums[i], s.rows, in.w)
		to := out.row(y)[out.c:]
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
