package jpeg

// convertAVX2 implements samples.convertGo. It reads 64 bytes at each of pix, pix+stride, ...,
// pix+15*stride.
//
//go:noescape
func convertAVX2(s *samples, pix *byte, stride int)

// transformAVX2 implements samples.transformGo for samples from -2048 to 2047. It leaves the transforms
// of the rows in s, transposed.
//
//go:noescape
func transformAVX2(s *samples, out *mcu)

// quantiseAVX2 implements quantiser.quantiseGo. In addition, it sets the levels that are not in the mask
// to zero.
//
//go:noescape
func quantiseAVX2(q *quantiser, block *[blockBytes]byte, levels *[64]int16) (mask uint64)

// emitAVX2 implements emitter.mcuGo. All levels except the first of a block must be from -1023 to 1023,
// the largest that have a code. It writes at most mcuBound bytes.
//
//go:noescape
func emitAVX2(e *emitter, l *levels)

// stuffAVX2 copies n bytes and inserts a zero after each 0xff. It returns the number of bytes written.
// to must have room for 2n bytes.
//
//go:noescape
func stuffAVX2(to, from *byte, n int) (written int)
