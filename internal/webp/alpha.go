package webp

import "image"

// Compression of alpha (RFC 9649, section 2.7.1.2).
const (
	alphaRaw = iota
	alphaLossless
)

// alphaReader reads the rows of an alpha plane, the chunk ALPH.
type alphaReader struct {
	width    int
	filter   int
	raw      []byte    // rows that are not compressed
	lossless *lossless // nil if they are not
	above    []uint8   // the last row
	rows     int       // that were read
	ended    bool
}

func newAlphaReader(chunk []byte, size image.Point) *alphaReader {
	a := &alphaReader{width: size.X, above: make([]uint8, size.X), ended: len(chunk) == 0}
	if a.ended {
		return a
	}
	a.filter, a.raw = int(chunk[0]>>2&3), chunk[1:]
	switch chunk[0] & 3 {
	case alphaRaw:
	case alphaLossless:
		var err error
		a.lossless, err = newLossless(a.raw, size)
		a.ended = err != nil
	default:
		a.ended = true
	}
	return a
}

// next reads the next row. It returns false if the data has none.
func (a *alphaReader) next(out []uint8) bool {
	if a.ended = a.ended || !a.read(out); a.ended {
		return false
	}
	a.unfilter(out)
	copy(a.above, out)
	a.rows++
	return true
}

func (a *alphaReader) read(out []uint8) bool {
	if a.lossless == nil {
		n := copy(out, a.raw)
		a.raw = a.raw[n:]
		return n == a.width
	}
	row, err := a.lossless.row()
	for i, v := range row {
		out[i] = uint8(v >> 8)
	}
	return err == nil
}

// unfilter adds the predictions of a filter (RFC 9649, section 2.7.1.2): 1 from the left, 2 from above, 3 from both.
// The first row is predicted from the left, and the first column from above.
func (a *alphaReader) unfilter(row []uint8) {
	above := a.above
	if a.filter == 0 {
		return
	}
	row[0] += above[0]
	switch {
	case a.filter == 1 || a.rows == 0:
		for x := 1; x < len(row); x++ {
			row[x] += row[x-1]
		}
	case a.filter == 2:
		for x := 1; x < len(row); x++ {
			row[x] += above[x]
		}
	default:
		for x := 1; x < len(row); x++ {
			row[x] += clamped(int32(row[x-1]) + int32(above[x]) - int32(above[x-1]))
		}
	}
}
