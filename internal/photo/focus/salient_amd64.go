package focus

// weighAVX2 implements pixels.weigh for the first n pixels. n must be a positive multiple of 32 and less than
// len(r.y). below, cb and cr must be as long as y, and there must be a cell for each eight pixels.
//
//go:noescape
func weighAVX2(cells []int64, r *pixels, n int, cb, cr uint8)
