package jpeg

import "math/bits"

// symbol is a string of at most 27 bits, with its length in the low 6 bits.
type symbol uint64

// symbols maps levels to symbols: a Huffman code followed by the magnitude bits (T.81, F.1.2). The symbols
// of frequent levels are precomputed.
type symbols struct {
	dc    [2 * dcSpan]uint32      // by the difference from the previous block
	ac    [16 * 2 * acSpan]uint32 // by the run of zeros and the level
	codes [256]uint32             // AC codes without magnitude bits, by run and number of magnitude bits
}

// The precomputed differences and levels are from -span to span-1.
const (
	dcSpan = 2048 // all differences: a DC level is from -1024 to 1023
	acSpan = 32
)

// Two symbols without magnitude bits: the end of a block, and a run of sixteen zeros.
const (
	endOfBlock = 0x00
	zeros      = 0xf0
)

// written has the symbols of luma and chroma, from the tables of annex K.
var written = [2]*symbols{newSymbols(&annexK[0], &annexK[1]), newSymbols(&annexK[2], &annexK[3])}

func newSymbols(dc, ac *codes) *symbols {
	s := &symbols{codes: ac.bySymbol()}
	sizes := dc.bySymbol()
	for i := range s.dc {
		size, extra := magnitude(int32(i - dcSpan))
		s.dc[i] = uint32(joined(sizes[size], size, extra))
	}
	for i := range s.ac {
		size, extra := magnitude(int32(i%(2*acSpan) - acSpan))
		s.ac[i] = uint32(joined(s.codes[i/(2*acSpan)<<4|int(size)], size, extra))
	}
	return s
}

// bySymbol returns the codes of the table by symbol (T.81, annex C).
func (c *codes) bySymbol() (all [256]uint32) {
	next, at := uint32(0), 0
	for length, n := range c.counts {
		for range n {
			all[c.symbols[at]] = next<<6 | uint32(length+1)
			next++
			at++
		}
		next <<= 1
	}
	return all
}

// joined returns a code followed by its magnitude bits.
func joined(code uint32, size uint, extra uint32) symbol {
	return symbol(code>>6)<<(size+6) | symbol(extra)<<6 | symbol(code&63) + symbol(size)
}

// level returns the symbol of an AC level after a run of at most 15 zeros.
func (s *symbols) level(run int, level int32) symbol {
	if at := level + acSpan; uint32(at) < 2*acSpan {
		return symbol(s.ac[(run*2*acSpan+int(at))&(len(s.ac)-1)])
	}
	size, extra := magnitude(level)
	return joined(s.codes[(run<<4|int(size))&255], size, extra)
}

// magnitude returns the number of magnitude bits of a level, and these bits (T.81, F.1.2.1).
func magnitude(level int32) (size uint, extra uint32) {
	sign := level >> 31
	size = uint(bits.Len32(uint32((level ^ sign) - sign)))
	return size, uint32(level+sign) & (1<<size - 1)
}
