package faces

// poolAVX2 is pool. The caller checks that all that f reaches, out and the weights are within their slices, and that
// f.count is positive; s.out must be a multiple of 16, and s.in even.
//
//go:noescape
func poolAVX2(out []int16, f *four, s *sum)

// allAVX2 is all, under the same conditions.
//
//go:noescape
func allAVX2(out []int32, f *four, s *sum)

// aroundAVX2 is around. The caller checks the lengths; c must be a multiple of 16, and n positive.
//
//go:noescape
func aroundAVX2(out []int16, rows *[3][]int16, weights []int16, c, n int)
