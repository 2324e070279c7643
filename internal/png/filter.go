package png

import "image"

// Filters of a row (PNG, 9.2). The filter average is not used: it is rarely the best and costs time to try.
const (
	filterNone  = 0
	filterSub   = 1
	filterUp    = 2
	filterPaeth = 4
)

// even reports whether at least a quarter of the picture is flat. It compares every eighth pixel of every eighth
// row with its left neighbour.
func even(m *image.RGBA) bool {
	flat, seen := 0, 0
	for y := 0; y < m.Rect.Dy(); y += 8 {
		row := m.Pix[y*m.Stride:][:4*m.Rect.Dx()]
		for i := 4; i < len(row); i += 32 {
			seen++
			if [3]uint8(row[i:i+3]) == [3]uint8(row[i-4:i-1]) {
				flat++
			}
		}
	}
	return 4*flat >= seen
}

// filterRow writes a row as RGB with the best filter.
func filterRow(out []byte, m *image.RGBA, y int) {
	row := m.Pix[y*m.Stride:][:4*m.Rect.Dx()]
	above := row
	if y > 0 {
		above = m.Pix[(y-1)*m.Stride:][:len(row)]
	}
	out[0] = filterSub
	if y > 0 {
		out[0] = choose(row, above)
	}
	first, rest := out[1:4], out[4:]
	switch out[0] {
	case filterSub:
		copy(first, row)
		sub(rest, row)
	case filterUp:
		up(out[1:], row, above)
	case filterPaeth:
		up(first, row, above) // without a left neighbour, the prediction is the pixel above
		paeth(rest, row, above)
	}
}

// choose tries the filters on the green of every eighth pixel and returns the one with the smallest sum of
// differences.
func choose(row, above []byte) byte {
	var subs, ups, paeths int
	for i := 5; i < len(row); i += 32 {
		v, left, over, corner := int(row[i]), int(row[i-4]), int(above[i]), int(above[i-4])
		subs += size(v - left)
		ups += size(v - over)
		paeths += size(v - predict(left, over, corner))
	}
	switch {
	case ups <= subs && ups <= paeths:
		return filterUp
	case subs <= paeths:
		return filterSub
	}
	return filterPaeth
}

// size returns the absolute value of v.
func size(v int) int { return max(v, -v) }

// predict returns the Paeth predictor of three neighbours (PNG, 9.4).
func predict(left, over, corner int) int {
	p, q := over-corner, left-corner
	toLeft, toOver, toCorner := size(p), size(q), size(p+q)
	switch {
	case toLeft <= toOver && toLeft <= toCorner:
		return left
	case toOver <= toCorner:
		return over
	}
	return corner
}

// sub writes the differences between the pixels, except the first, and their left neighbours.
func sub(out, row []byte) {
	for i, o := 4, 0; i+2 < len(row) && o+2 < len(out); i, o = i+4, o+3 {
		out[o], out[o+1], out[o+2] = row[i]-row[i-4], row[i+1]-row[i-3], row[i+2]-row[i-2]
	}
}

// up writes the differences between the pixels and those above.
func up(out, row, above []byte) {
	for i, o := 0, 0; i+2 < len(row) && i+2 < len(above) && o+2 < len(out); i, o = i+4, o+3 {
		out[o], out[o+1], out[o+2] = row[i]-above[i], row[i+1]-above[i+1], row[i+2]-above[i+2]
	}
}

// paeth writes the differences between the pixels, except the first, and their Paeth predictors.
func paeth(out, row, above []byte) {
	above = above[:len(row)]
	for c := range 3 {
		left, corner := int(row[c]), int(above[c])
		for i, o := 4+c, c; i < len(row) && o < len(out); i, o = i+4, o+3 {
			v, over := int(row[i]), int(above[i])
			out[o] = byte(v - predict(left, over, corner))
			left, corner = v, over
		}
	}
}
