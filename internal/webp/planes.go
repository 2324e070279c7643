package webp

// Rows of macroblocks that planes hold. The first one repeats the last one when the others are used up.
const rowsHeld = 3

// margin is the number of samples on the left of planes that hold what is predicted from there, and on their right that
// may be read.
const margin = 32

// planes are a few rows of macroblocks at full size.
type planes struct {
	luma, cb, cr             []uint8
	lumaStride, chromaStride int
	slot                     int     // of the current row of macroblocks
	y, c                     int     // offsets of its first samples
	aboveY, aboveCb, aboveCr []uint8 // the last rows of the row above, before they are filtered; from margin on
}

// planeBytes is the memory of planes for mbw macroblocks.
func planeBytes(mbw int) int64 { return rowsHeld*(256+128)*(int64(mbw)+6) + 3*(16*int64(mbw)+2*margin) }

func newPlanes(mbw int) *planes {
	p := &planes{lumaStride: 16*mbw + 2*margin, chromaStride: 8*mbw + 2*margin}
	p.luma = make([]uint8, rowsHeld*16*p.lumaStride)
	p.cb, p.cr = make([]uint8, rowsHeld*8*p.chromaStride), make([]uint8, rowsHeld*8*p.chromaStride)
	for _, plane := range []struct {
		pix    []uint8
		stride int
	}{{p.luma, p.lumaStride}, {p.cb, p.chromaStride}, {p.cr, p.chromaStride}} {
		for at := margin - 1; at < len(plane.pix); at += plane.stride {
			plane.pix[at] = 129 // left of the picture
		}
	}
	p.aboveY = make([]uint8, p.lumaStride)
	p.aboveCb, p.aboveCr = make([]uint8, p.chromaStride), make([]uint8, p.chromaStride)
	for _, above := range [][]uint8{p.aboveY, p.aboveCb, p.aboveCr} {
		for i := range above {
			above[i] = 127 // above the picture
		}
	}
	p.slot = -1
	return p
}

// next goes on to the next row of macroblocks.
func (p *planes) next() {
	if p.slot++; p.slot == rowsHeld {
		keepLast(p.luma)
		keepLast(p.cb)
		keepLast(p.cr)
		p.slot = 1
	}
	p.y, p.c = p.slot*16*p.lumaStride+margin, p.slot*8*p.chromaStride+margin
}

func keepLast(plane []uint8) {
	row := len(plane) / rowsHeld
	copy(plane[:row], plane[len(plane)-row:])
}

// keepAbove keeps the last rows of the current row of macroblocks for predicting the next one.
func (p *planes) keepAbove(mbw int) {
	copy(p.aboveY[margin:], p.luma[p.y+15*p.lumaStride:][:16*mbw])
	copy(p.aboveCb[margin:], p.cb[p.c+7*p.chromaStride:][:8*mbw])
	copy(p.aboveCr[margin:], p.cr[p.c+7*p.chromaStride:][:8*mbw])
	for _, above := range [][]uint8{p.aboveY, p.aboveCb, p.aboveCr} {
		above[margin-1] = 129
	}
	for i := range 4 { // the last macroblock's blocks on the right use these
		p.aboveY[margin+16*mbw+i] = p.aboveY[margin+16*mbw-1]
	}
}
