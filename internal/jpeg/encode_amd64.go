package jpeg

// convertAVX2 is samples.convertGo. It reads 64 bytes at each of pix, pix+stride, to
// pix+15*stride.
//
//go:noescape
func convertAVX2(s *samples, pix *byte, stride int)

// transformAVX2 is samples.transformGo, where the samples are from -2048 to 2047. It leaves the
// rows' transforms in s, turned by a diagonal.
//
//go:noescape
func transformAVX2(s *samples, out *mcu)

// quantiseAVX2 is quantiser.quantiseGo, but for the levels that the mask does not name: they are
// zero here.
//
//go:noescape
func quantiseAVX2(q *quantiser, block *[blockBytes]byte, levels *[64]int16) (mask uint64)

// emitAVX2 is emitter.mcuGo, where the levels but for the first are from -1023 to 1023: the longest
// that a code has. It writes at most mcuBound bytes.
//
//go:noescape
func emitAVX2(e *emitter, l *levels)

// stuffAVX2 copies n bytes with a zero after each 0xff, and tells how many it wrote: at most 2n, of
// which there must be room.
//
//go:noescape
func stuffAVX2(to, from *byte, n int) (written int)
