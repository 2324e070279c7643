package png

import (
	"bytes"
	"encoding/binary"
	"image"
	"slices"
)

// Minimum lengths of repetitions, in bytes, from measurements on cards without photos. A repetition of the row
// above also costs the extra bits of its distance, so it is used only if it is at least leastFar longer than the
// run. findStarts depends on both values.
const (
	leastRun = 4
	leastFar = 17
)

// paletted makes the tokens of a picture of at most 256 colours, with the filter before each row, and their
// checksum. ink is as for Encode. It returns false if there are more colours, or if the rows are longer than the
// maximum distance of a repetition.
func (e *Encoder) paletted(m *image.RGBA, ink []Span) bool {
	w := m.Rect.Dx()
	if w+1 > maxDistance {
		return false
	}
	e.start(w)
	var above []byte
	var before Span
	for y := range m.Rect.Dy() {
		pixels := m.Pix[y*m.Stride:][:4*w]
		own := inkOf(ink, m, y)
		span := own.Join(before)
		before = own
		// An equal row is common: the space between two lines of text.
		if w+1 >= minMatch && above != nil && (span.empty() || bytes.Equal(pixels, above)) {
			e.tokens.repeat(far, w+1)
			e.sum.again()
			continue
		}
		e.marks.read(pixels, above, span)
		above = pixels
		if !e.numberRow(pixels) {
			return false
		}
		e.sum.row(e.row)
	}
	e.tokens.flush()
	return true
}

// start prepares the encoder for rows of the given width in pixels.
func (e *Encoder) start(width int) {
	e.palette.reset()
	e.tokens.reset()
	e.marks.resize(width)
	e.sum = newAdler()
	e.row = slices.Grow(e.row[:0], width+1)[:width+1]
	e.row[0] = filterNone
}

// numberRow makes the tokens of a row of pixels. e.row has the palette indexes of the row above; numberRow updates
// those that differ. It returns false if there are more than 256 colours.
func (e *Encoder) numberRow(pixels []byte) bool {
	e.marks.findStarts()
	e.tokens.literal(filterNone)
	numbers := e.row[1:]
	for x := 0; x < len(numbers); {
		from := x
		if x = next(e.marks.starts, x, len(numbers)); !e.literals(numbers[from:x], pixels[4*from:]) {
			return false
		}
		if x == len(numbers) {
			break
		}
		run, over := ones(e.marks.left, x), ones(e.marks.over, x)
		switch {
		case over >= run+leastFar:
			e.tokens.repeat(far, over)
			x += over
		case run >= leastRun:
			e.tokens.repeat(near, run)
			fillBytes(numbers[x:x+run], numbers[x-1])
			x += run
		default: // neither repetition is long enough
			if !e.literals(numbers[x:x+1], pixels[4*x:]) {
				return false
			}
			x++
		}
	}
	return true
}

// literals makes the tokens of pixels that do not repeat others. It returns false at the 257th colour.
func (e *Encoder) literals(numbers, pixels []byte) bool {
	if len(numbers) == 0 {
		return true
	}
	e.tokens.flush()
	e.tokens.plain += len(numbers)
	at := len(e.tokens.all)
	e.tokens.all = slices.Grow(e.tokens.all, len(numbers))[:at+len(numbers)]
	for i, tokens := 0, e.tokens.all[at:]; i < len(numbers) && i < len(tokens); i++ {
		colour := colourOf(pixels[4*i:])
		h, slot := e.palette.slot(colour)
		n := uint8(slot)
		if !holds(slot, colour) {
			var ok bool
			if n, ok = e.palette.number(h, colour); !ok {
				return false
			}
		}
		numbers[i], tokens[i] = n, uint16(n)
	}
	return true
}

// fillBytes sets all bytes to v.
func fillBytes(b []byte, v byte) {
	eight := uint64(v) * 0x0101010101010101
	for ; len(b) >= 8; b = b[8:] {
		binary.LittleEndian.PutUint64(b, eight)
	}
	for i := range b {
		b[i] = v
	}
}
