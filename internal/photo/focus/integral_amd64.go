package focus

// fillAVX2 implements fillEach. w must be from 1 to longSide, and h positive. The sums must have h+1 rows of stride,
// of which the first is zero. pix must have w by h pixels and eight more bytes of any value.
//
//go:noescape
func fillAVX2(sum, square []uint32, pix []uint8, w, h int)
