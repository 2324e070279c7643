package webp

import "newsroom.example/cards/internal/simd"

// vectors says that the reader of coefficients in assembly may be used: it needs LZCNT, which all processors with AVX2
// have, but which looks like another instruction to those without.
var vectors = simd.AVX2 && countsZeros()

func countsZeros() bool

// blockAVX2 implements blockGo, from the probabilities of the first position on. 8 + slack bytes must follow b.at.
//
//go:noescape
func blockAVX2(b *bools, probs *[3][12]prob, context, first int, steps *[2]int32, out *[16]int16) (coded, big bool)

// blockModesAVX2 implements blockModesGo. 8 + slack bytes must follow b.at, and all modes must be less than 10.
//
//go:noescape
func blockModesAVX2(b *bools, probs *[10][10][12]prob, above, left *[4]uint8, modes *[16]uint8)

// filterColumnsAVX2 filters the left edge of sixteen rows, the upper eight of which begin at upper and the lower ones
// at lower, if outer is set, and then as many edges between blocks. The four samples before each edge must exist.
//
//go:noescape
func filterColumnsAVX2(upper, lower *uint8, stride int, l *limits, edges int, outer bool)

// filterRowsAVX2 does the same with the edges above and below blocks of sixteen columns.
//
//go:noescape
func filterRowsAVX2(at *uint8, stride int, l *limits, edges int, outer bool)

// filterTwoRowsAVX2 does the same with eight columns of each of two planes, with one edge between blocks if inner is
// set.
//
//go:noescape
func filterTwoRowsAVX2(one, two *uint8, stride int, l *limits, inner, outer bool)

// motionAVX2 implements motion for the rows of a square of size samples, 8 or 16. A sample before each row must exist.
//
//go:noescape
func motionAVX2(plane *uint8, stride, size int, above *uint8, corner uint8)

// addInverseAVX2 implements addInverseGo if no coefficient exceeds large. plane must hold 3·stride + 4 samples.
//
//go:noescape
func addInverseAVX2(plane *uint8, stride int, c *[16]int16)

// reduceAVX2 implements rest for 16 n boxes that are complete, at least one, with a shrink of at most 2.
//
//go:noescape
func reduceAVX2(out, pix *uint8, stride, n, shrink int, lanes *[5][16]int16)

// addGreenAVX2 adds green to red and blue of eight pixels at a time, at least once.
//
//go:noescape
func addGreenAVX2(pix *uint32, eights int)

// crossColourAVX2 implements crossColours for eight pixels at a time, at least once. ofGreen has eight times the
// factors for red, in the upper word, and for blue; ofRed that for blue in the upper word, and 0.
//
//go:noescape
func crossColourAVX2(pix *uint32, eights int, ofGreen, ofRed uint32)

// The predictors implement those without AVX2 in their names for n pixels, at least one, behind the first of the row.
//
//go:noescape
func predictMean5AVX2(row, above *uint32, n int)

//go:noescape
func predictMean6AVX2(row, above *uint32, n int)

//go:noescape
func predictMean7AVX2(row, above *uint32, n int)

//go:noescape
func predictMean10AVX2(row, above *uint32, n int)

//go:noescape
func predictSelectAVX2(row, above *uint32, n int)

//go:noescape
func predictFullAVX2(row, above *uint32, n int)

//go:noescape
func predictHalfAVX2(row, above *uint32, n int)
