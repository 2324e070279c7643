package png

import (
	"bytes"
	"encoding/binary"
	"image"
	"slices"
)

// Repetitions that are worth a token, in bytes, from measurements on cards of type: what stands one row
// before costs its distance's further bits, and is taken where it reaches leastFar beyond a run.
// findStarts knows both.
const (
	leastRun = 4
	leastFar = 17
)

// paletted makes the tokens of a picture of at most 256 colours, each row with its filter before it,
// and their check sum. ink is Encode's. It reports false for more colours, and for rows too long to be repeated.
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
		if w+1 >= minMatch && above != nil && (span.empty() || bytes.Equal(pixels, above)) { // as paper has between its lines
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

// start makes all ready for rows of a width.
func (e *Encoder) start(width int) {
	e.palette.reset()
	e.tokens.reset()
	e.marks.resize(width)
	e.sum = newAdler()
	e.row = slices.Grow(e.row[:0], width+1)[:width+1]
	e.row[0] = filterNone
}

// numberRow makes the tokens of a row of pixels. The encoder's row holds the numbers of the one
// above, and is brought to those of this one where they differ. It reports false where there are more
// than 256 colours.
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
		default: // a run of a few, with as many above
			if !e.literals(numbers[x:x+1], pixels[4*x:]) {
				return false
			}
			x++
		}
	}
	return true
}

// literals numbers pixels that nothing repeats. It reports false for a 257th colour.
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
