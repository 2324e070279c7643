package webp

import "image"

// Compression of alpha (RFC 9649, section 2.7.1.2).
const (
	alphaRaw = iota
	alphaLossless
)

// decodeAlpha decodes the first rows of an alpha plane, the chunk ALPH, and returns the rows that the data has, each of
// size.X samples.
func decodeAlpha(chunk []byte, size image.Point, rows int) []uint8 {
	if len(chunk) == 0 {
		return nil
	}
	header, data := chunk[0], chunk[1:]
	var plane []uint8
	switch header & 3 {
	case alphaRaw:
		plane = append(plane, data[:min(rows, len(data)/size.X)*size.X]...)
	case alphaLossless:
		d, err := newLossless(data, size)
		if err != nil {
			return nil
		}
		plane = make([]uint8, 0, size.X*rows)
		d.each(rows, false, func(row []uint32) {
			for _, v := range row {
				plane = append(plane, uint8(v>>8))
			}
		})
	}
	unfilter(plane, size.X, int(header>>2&3))
	return plane
}

// unfilter adds the predictions of a filter (RFC 9649, section 2.7.1.2): 1 from the left, 2 from above, 3 from both.
func unfilter(plane []uint8, width, filter int) {
	if filter == 0 || len(plane) == 0 {
		return
	}
	for x := 1; x < width; x++ {
		plane[x] += plane[x-1]
	}
	for at := width; at < len(plane); at += width {
		row, above := plane[at:at+width], plane[at-width:at]
		row[0] += above[0]
		switch filter {
		case 1:
			for x := 1; x < width; x++ {
				row[x] += row[x-1]
			}
		case 2:
			for x := 1; x < width; x++ {
				row[x] += above[x]
			}
		default:
			for x := 1; x < width; x++ {
				row[x] += clamped(int32(row[x-1]) + int32(above[x]) - int32(above[x-1]))
			}
		}
	}
}
