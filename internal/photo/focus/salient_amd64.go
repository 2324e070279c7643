package focus

// weighAVX2 is pixels.weigh, from the first pixel on, for n of them: a multiple of 32, over 0 and
// less than len(r.y). below, cb and cr have as many as y, and there is a cell for each eight.
//
//go:noescape
func weighAVX2(cells []int64, r *pixels, n int, cb, cr uint8)
