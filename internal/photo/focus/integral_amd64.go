package focus

// fillAVX2 is fillEach: w is from 1 to longSide, h over 0. The sums have h+1 rows of stride, the
// first one of zeros; pix has w by h pixels and eight bytes more, which are anything.
//
//go:noescape
func fillAVX2(sum, square []uint32, pix []uint8, w, h int)
