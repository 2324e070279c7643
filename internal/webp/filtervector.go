package webp

// filterVectors is filterGo for the three planes of a macroblock, with vector instructions. luma and chroma are the
// offsets of its first samples.
func filterVectors(p *planes, luma, chroma int, l *limits, left, top, inner bool) {
	y, cb, cr := p.luma[luma:], p.cb[chroma:], p.cr[chroma:]
	ys, cs := p.lumaStride, p.chromaStride
	_, _, _ = y[15*ys+15], cb[7*cs+7], cr[7*cs+7]
	lumaEdges, chromaEdges := 0, 0
	if inner {
		lumaEdges, chromaEdges = 3, 1
	}
	if top {
		_, _ = p.luma[luma-4*ys], p.cb[chroma-4*cs]
	}
	filterColumnsAVX2(&y[0], &y[8*ys], ys, l, lumaEdges, left)
	filterRowsAVX2(&y[0], ys, l, lumaEdges, top)
	filterColumnsAVX2(&cb[0], &cr[0], cs, l, chromaEdges, left)
	filterTwoRowsAVX2(&cb[0], &cr[0], cs, l, inner, top)
}
