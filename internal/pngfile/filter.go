package pngfile

import "newsroom.example/cards/internal/simd"

// Filters of a row (PNG specification, section 9.2).
const (
	filterNone = iota
	filterSub
	filterUp
	filterAverage
	filterPaeth
	filters
)

// unfilter writes the bytes of a row before it was filtered. above is the row above, or zeros; pixel is the number of
// bytes of a pixel, at least 1. row and above are as long as out.
func unfilter(out, row, above []byte, filter byte, pixel int) {
	row, above = row[:len(out)], above[:len(out)]
	done := 0
	if simd.AVX2 && filter > filterNone && len(out) >= 32 {
		done = unfilterAVX2(out, row, above, filter, pixel)
	}
	unfilterFrom(done, out, row, above, filter, pixel)
}

// unfilterAVX2 unfilters most of a row of at least 32 bytes, and returns how many. It writes what follows, too.
func unfilterAVX2(out, row, above []byte, filter byte, pixel int) (done int) {
	pixels := (len(out)-8)/pixel + 1
	switch filter {
	case filterUp:
		done = len(out) &^ 31
		upAVX2(&out[0], &row[0], &above[0], done)
		return done
	case filterSub:
		subAVX2(&out[0], &row[0], pixels, pixel)
	case filterAverage:
		averageAVX2(&out[0], &row[0], &above[0], pixels, pixel)
	case filterPaeth:
		paethAVX2(&out[0], &row[0], &above[0], pixels, pixel)
	}
	return pixels * pixel
}

// unfilterTwo unfilters a row and the one below it, both with Paeth's filter, whose pixels have three or four bytes. On
// machines with AVX2 that takes little longer than one of them, as each step waits for the one before it.
func unfilterTwo(out, below, row, rowBelow, above []byte, pixel int) {
	row, rowBelow, above, below = row[:len(out)], rowBelow[:len(out)], above[:len(out)], below[:len(out)]
	done := 0
	if simd.AVX2 && len(out) >= 4 {
		pixels := (len(out)-4)/pixel + 1
		paethsAVX2(&out[0], &below[0], &row[0], &rowBelow[0], &above[0], pixels, pixel)
		done = pixels * pixel
	}
	unfilterFrom(done, out, row, above, filterPaeth, pixel)
	unfilterFrom(done, below, rowBelow, out, filterPaeth, pixel)
}

// unfilterFrom is unfilter from a byte on, the first one of a pixel or, for filters that only look up, any.
func unfilterFrom(first int, out, row, above []byte, filter byte, pixel int) {
	row, above = row[:len(out)], above[:len(out)]
	switch filter {
	case filterNone:
		copy(out[first:], row[first:])
	case filterSub:
		for i := first; i < len(out); i++ {
			left := byte(0)
			if i >= pixel {
				left = out[i-pixel]
			}
			out[i] = row[i] + left
		}
	case filterUp:
		for i := first; i < len(out); i++ {
			out[i] = row[i] + above[i]
		}
	case filterAverage:
		for i := first; i < len(out); i++ {
			left := 0
			if i >= pixel {
				left = int(out[i-pixel])
			}
			out[i] = row[i] + byte((left+int(above[i]))/2)
		}
	case filterPaeth:
		for i := first; i < min(pixel, len(out)); i++ {
			out[i] = row[i] + above[i]
		}
		for i := max(first, pixel); i < len(out); i++ {
			out[i] = row[i] + predict(int(out[i-pixel]), int(above[i]), int(above[i-pixel]))
		}
	}
}

// predict returns Paeth's predictor of three neighbours (section 9.4).
func predict(left, over, corner int) byte {
	p, q := over-corner, left-corner
	toLeft, toOver, toCorner := max(p, -p), max(q, -q), max(p+q, -p-q)
	switch {
	case toLeft <= toOver && toLeft <= toCorner:
		return byte(left)
	case toOver <= toCorner:
		return byte(over)
	}
	return byte(corner)
}
