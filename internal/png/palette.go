package png

import (
	"bytes"
	"encoding/binary"
	"image"
)

// hashBits is the size of the table of colours: four places for each that it can hold.
const hashBits = 10

// palette numbers colours in the order in which they are met. Colours are red, green and blue in
// the low 24 bits.
type palette struct {
	colours [256]uint32
	n       int
	slots   [1 << hashBits]uint16 // by hash: one more than a colour's number; 0: free
}

func (p *palette) reset() {
	p.n = 0
	clear(p.slots[:])
}

// number is the colour's, new or known. It reports false for the 257th.
func (p *palette) number(colour uint32) (uint8, bool) {
	for h := colour * 0x9e3779b1 >> (32 - hashBits); ; h = (h + 1) & (1<<hashBits - 1) {
		switch at := int(p.slots[h]); {
		case at == 0 && p.n == 256:
			return 0, false
		case at == 0:
			p.colours[p.n] = colour
			p.n++
			p.slots[h] = uint16(p.n)
			return uint8(p.n - 1), true
		case p.colours[at-1] == colour:
			return uint8(at - 1), true
		}
	}
}

// bytes is the palette as its chunk holds it.
func (p *palette) bytes() []byte {
	out := make([]byte, 0, 3*p.n)
	for _, c := range p.colours[:p.n] {
		out = append(out, byte(c), byte(c>>8), byte(c>>16))
	}
	return out
}

// findPalette numbers every pixel, unless there are more than 256 colours.
func (e *Encoder) findPalette(m *image.RGBA) bool {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	if cap(e.indices) < w*h {
		e.indices = make([]uint8, w*h)
	}
	e.palette.reset()
	last, lastAt := ^uint32(0), uint8(0)
	for y := range h {
		row, out := m.Pix[y*m.Stride:][:4*w], e.indices[y*w:][:w]
		if y > 0 && bytes.Equal(row, m.Pix[(y-1)*m.Stride:][:4*w]) { // as paper has between its lines
			copy(out, e.indices[(y-1)*w:])
			continue
		}
		for x := range out {
			c := binary.LittleEndian.Uint32(row[4*x:4*x+4:4*x+4]) & 0xffffff
			if c != last {
				at, ok := e.palette.number(c)
				if !ok {
					return false
				}
				last, lastAt = c, at
			}
			out[x] = lastAt
		}
	}
	return true
}
