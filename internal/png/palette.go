package png

import "encoding/binary"

// hashBits is the logarithm of the size of the hash table, which has four slots for each colour.
const hashBits = 10

// palette numbers colours in the order of their first use. A colour is red, green and blue in the low 24 bits.
type palette struct {
	colours [256]uint32
	n       int                   // number of colours
	slots   [1 << hashBits]uint64 // by hash: the flag taken, a colour, and its number in the low byte; 0 if free
}

// taken is the flag of a slot in use.
const taken = 1 << 32

func (p *palette) reset() {
	p.n = 0
	clear(p.slots[:])
}

// slot returns the index of the first slot for a colour, and the content of that slot.
func (p *palette) slot(colour uint32) (h uint32, slot uint64) {
	h = colour * 0x9e3779b1 >> (32 - hashBits)
	return h, p.slots[h]
}

// holds reports whether the slot has the colour.
func holds(slot uint64, colour uint32) bool { return slot>>8 == uint64(colour)|taken>>8 }

// number returns the number of a colour, and adds the colour if it is new. It searches from slot h on. It returns
// false for the 257th colour.
func (p *palette) number(h, colour uint32) (uint8, bool) {
	for ; ; h = (h + 1) & (1<<hashBits - 1) {
		switch slot := p.slots[h]; {
		case slot == 0 && p.n == len(p.colours):
			return 0, false
		case slot == 0:
			p.colours[p.n] = colour
			p.slots[h] = uint64(colour)<<8 | taken | uint64(p.n)
			p.n++
			return uint8(p.n - 1), true
		case holds(slot, colour):
			return uint8(slot), true
		}
	}
}

// row writes the numbers of a row of pixels. All colours must have been added.
func (p *palette) row(out, pixels []byte) {
	for i := range out {
		colour := colourOf(pixels[4*i:])
		h, slot := p.slot(colour)
		if out[i] = uint8(slot); !holds(slot, colour) {
			out[i], _ = p.number(h, colour)
		}
	}
}

// colourOf returns the colour of a pixel.
func colourOf(pixel []byte) uint32 { return binary.LittleEndian.Uint32(pixel) & 0xffffff }

// bytes returns the content of the chunk PLTE.
func (p *palette) bytes() []byte {
	out := make([]byte, 0, 3*p.n)
	for _, c := range p.colours[:p.n] {
		out = append(out, byte(c), byte(c>>8), byte(c>>16))
	}
	return out
}
