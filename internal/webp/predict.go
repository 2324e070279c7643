package webp

import (
	"encoding/binary"

	"newsroom.example/cards/internal/simd"
)

// predictSquare predicts the size x size samples at plane[at:], 8 or 16, in one of four modes (RFC 6386, sections 12.2
// and 12.1). above is the row above, after its corner; the left column stands in the plane. top and left say that the
// block is at the picture's edge, where DC uses only what exists.
func predictSquare(mode uint8, plane []uint8, at, stride, size int, above []uint8, corner uint8, top, left bool) {
	switch mode {
	case modeDC:
		fillSquare(plane, at, stride, size, meanOfEdge(plane, at, stride, size, above, top, left))
	case modeV:
		for y := range size {
			copy(plane[at+y*stride:][:size], above)
		}
	case modeH:
		for y := range size {
			fillRow(plane[at+y*stride:][:size], plane[at+y*stride-1])
		}
	default:
		if simd.AVX2 {
			_, _ = plane[at+(size-1)*stride+size-1], above[size-1]
			_ = plane[at-1]
			motionAVX2(&plane[at], stride, size, &above[0], corner)
			return
		}
		motion(plane, at, stride, size, above, corner)
	}
}

// motion is the TrueMotion mode.
func motion(plane []uint8, at, stride, size int, above []uint8, corner uint8) {
	for y := range size {
		row := plane[at+y*stride:][:size]
		base := int(plane[at+y*stride-1]) - int(corner) + clampOffset
		for x := range row {
			row[x] = clamps[base+int(above[x])]
		}
	}
}

func meanOfEdge(plane []uint8, at, stride, size int, above []uint8, top, left bool) uint8 {
	sum, n := 0, 0
	if !top {
		for _, v := range above[:size] {
			sum += int(v)
		}
		n += size
	}
	if !left {
		for y := range size {
			sum += int(plane[at+y*stride-1])
		}
		n += size
	}
	if n == 0 {
		return 128
	}
	return uint8((sum + n/2) / n)
}

func fillSquare(plane []uint8, at, stride, size int, v uint8) {
	for y := range size {
		fillRow(plane[at+y*stride:][:size], v)
	}
}

// fillRow fills 8 or 16 samples.
func fillRow(row []uint8, v uint8) {
	eight := uint64(v) * lowBits
	binary.LittleEndian.PutUint64(row, eight)
	if len(row) == 16 {
		binary.LittleEndian.PutUint64(row[8:], eight)
	}
}
