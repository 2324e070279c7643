package faces

import "newsroom.example/cards/internal/simd"

// The network computes with integers of 16 bits and sums of 32, so that a picture has the same faces on every machine.
// The command compile chooses the weights so that no sum can overflow.

// tenth is 0.1 in units of 1/32768: what is left of a negative value.
const tenth = 3277

// scaled returns x*w in units of 1/32768, rounded.
func scaled(x, w int16) int16 { return int16((int32(x)*int32(w) + 1<<14) >> 15) }

// leaky returns a value, or a tenth of it if it is negative.
func leaky(v int16) int16 { return max(v, scaled(v, tenth)) }

// narrow divides a sum and limits it to 16 bits.
func narrow(v int32, shift uint) int16 { return int16(max(-1<<15, min(v>>shift, 1<<15-1))) }

// four is a row of groups of four pixels, of which weighted sums are computed.
type four struct {
	x     [4][]int16 // from the first group's pixels on
	step  int        // values from a group to the next
	count int        // groups
	run   int        // values from a run of a pixel to its next
}

// reach returns the number of values that are read from each pixel of the first group on.
func (f *four) reach(s *sum) int { return (f.count-1)*f.step + (s.runs-1)*f.run + s.in }

// pool writes the largest of each group's four sums, for all sums, group by group.
func (s *sum) pool(out []int16, f *four) {
	if f.count <= 0 {
		return
	}
	if simd.AVX2 {
		s.check(f)
		_ = out[f.count*s.out-1]
		poolAVX2(out, f, s)
		return
	}
	s.poolEach(out, f)
}

// check panics if a group is not within its slices.
func (s *sum) check(f *four) {
	n := f.reach(s)
	for _, x := range f.x {
		_ = x[n-1]
	}
	_, _ = s.bias[s.out-1], s.pairs[s.in*s.runs*s.out-1]
}

func (s *sum) poolEach(out []int16, f *four) {
	for g := range f.count {
		row := out[g*s.out:][:s.out]
		for i := range s.out / 2 {
			a, b := s.two(f, g, i)
			row[2*i] = leaky(narrow(max(a[0], a[1], a[2], a[3]), s.shift))
			row[2*i+1] = leaky(narrow(max(b[0], b[1], b[2], b[3]), s.shift))
		}
	}
}

// all writes all four sums of each group, for all sums, pixel by pixel.
func (s *sum) all(out []int32, f *four) {
	if f.count <= 0 {
		return
	}
	if simd.AVX2 {
		s.check(f)
		_ = out[4*f.count*s.out-1]
		allAVX2(out, f, s)
		return
	}
	s.allEach(out, f)
}

func (s *sum) allEach(out []int32, f *four) {
	for g := range f.count {
		for i := range s.out / 2 {
			a, b := s.two(f, g, i)
			for p := range 4 {
				at := (4*g+p)*s.out + 2*i
				out[at], out[at+1] = a[p], b[p]
			}
		}
	}
}

// pack prepares the weights for machines without vectors.
func (s *sum) pack() {
	if !simd.AVX2 {
		s.packEach()
	}
}

// packEach makes the weights that two reads: those of two sums in one word, which a single multiplication multiplies.
func (s *sum) packEach() {
	n := s.in * s.runs
	s.packed = make([]int64, n*s.out/2)
	for o := range s.out {
		for i := range n {
			w := s.pairs[s.at(o, i)]
			s.packed[o/2*n+i] += int64(w) << (32 * (o % 2))
		}
	}
}

// two returns the sums 2*i and 2*i+1 of the four pixels of a group. A word has both; where the lower one is negative,
// it has borrowed one from the upper, which is given back at the end.
func (s *sum) two(f *four, group, i int) (a, b [4]int32) {
	n := s.in * s.runs
	bias := int64(s.bias[2*i]) + int64(s.bias[2*i+1])<<32
	s0, s1, s2, s3 := bias, bias, bias, bias
	for run := range s.runs {
		w := s.packed[i*n+run*s.in:][:s.in]
		at := group*f.step + run*f.run
		x0, x1, x2, x3 := f.x[0][at:][:len(w)], f.x[1][at:][:len(w)], f.x[2][at:][:len(w)], f.x[3][at:][:len(w)]
		for k, w := range w {
			s0, s1 = s0+int64(x0[k])*w, s1+int64(x1[k])*w
			s2, s3 = s2+int64(x2[k])*w, s3+int64(x3[k])*w
		}
	}
	for p, v := range [4]int64{s0, s1, s2, s3} {
		a[p], b[p] = int32(v), int32((v-int64(int32(v)))>>32)
	}
	return a, b
}

// around writes, for n pixels of c values, the sum of each value and its eight neighbours in three rows, each weighted.
// The rows begin one pixel to the left.
func around(out []int16, rows [3][]int16, weights []int16, c, n int) {
	if n <= 0 {
		return
	}
	_, _ = out[n*c-1], weights[9*c-1]
	for _, r := range rows {
		_ = r[(n+2)*c-1]
	}
	if simd.AVX2 {
		aroundAVX2(out, &rows, weights, c, n)
		return
	}
	aroundEach(out, rows, weights, c, n)
}

func aroundEach(out []int16, rows [3][]int16, weights []int16, c, n int) {
	for x := range n {
		o := out[x*c:][:c]
		clear(o)
		for tap := range 9 {
			in, w := rows[tap/3][(x+tap%3)*c:][:c], weights[tap*c:][:c]
			for i, v := range in {
				o[i] += scaled(v, w[i])
			}
		}
	}
}
