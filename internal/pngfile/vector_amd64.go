package pngfile

// upAVX2 adds rows of n bytes, a multiple of 32 above 0.
//
//go:noescape
func upAVX2(out, row, above *byte, n int)

// subAVX2, averageAVX2 and paethAVX2 unfilter so many pixels, at least one, of step bytes each, 1 to 8. They read and
// write eight bytes at each.
//
//go:noescape
func subAVX2(out, row *byte, pixels, step int)

//go:noescape
func averageAVX2(out, row, above *byte, pixels, step int)

//go:noescape
func paethAVX2(out, row, above *byte, pixels, step int)

// paethsAVX2 is paethAVX2 for two rows, one below the other, and pixels of at most four bytes.
//
//go:noescape
func paethsAVX2(out, below, row, rowBelow, above *byte, pixels, step int)

// storeAVX2 makes RGBA of n pixels of RGB, a multiple of 4 above 0. It reads four bytes more.
//
//go:noescape
func storeAVX2(out, row *byte, n int)

// addAVX2 adds n samples, a multiple of 32 above 0.
//
//go:noescape
func addAVX2(sums *uint16, row *byte, n int)

// averageRGBAVX2 and averageRGBAAVX2 implement averageEach for n pixels, a multiple of 2 above 0. They read the sums of
// one more.
//
//go:noescape
func averageRGBAVX2(out *byte, sums *uint16, n, shift int)

//go:noescape
func averageRGBAAVX2(out *byte, sums *uint16, n, shift int)
