package jpeg

import "slices"

// Widths of the look-up tables, in bits of the stream.
const (
	fastBits = 10
	skipBits = 12
)

// huffman decodes the symbols of one table. It is immutable.
type huffman struct {
	// fast maps the next fastBits bits to the entry of the symbol that they begin with.
	fast [1 << fastBits]uint32
	// skip maps the next skipBits bits to the symbols whose codes they contain completely: to the number
	// of bits of these symbols (bits 0 to 7) and the number of coefficients that they advance (bits 8 to
	// 15, as in an entry). The symbols together with their magnitude bits, which may lie beyond the next
	// skipBits bits, have at most quickBits bits. If not even one code is complete, the number of bits is
	// 0 and that of coefficients is notWhole.
	skip [1 << skipBits]uint16
	// long maps the next 16 bits, minus start, to the entry of a code of more than fastBits bits. There
	// are at most 256 such codes, with at most 2^5 elements each.
	long  []uint32
	start int
}

// An entry describes a symbol. Bits 0 to 7 are the length of its code plus its magnitude bits, or 0 for
// an invalid code; bits 8 to 15 the number of coefficients that it advances; bits 16 to 23 are 63 minus
// the number of magnitude bits; bits 24 to 28 the length of the code alone. The flag apart says that the
// symbol has more than quickBits bits, or that its entry is not in this table.
const (
	apart     = 1 << 31
	quickBits = 18       // three such symbols fit into the 56 bits that load ensures
	notWhole  = 64       // advances past the end of any block, but less than blockEnd
	blockEnd  = 128      // advance of an end-of-block symbol
	inBlock   = 64       // coefficients in a block
	lengths   = 1<<8 - 1 // mask of the length in an entry
)

// entry returns the entry of a symbol with a code of length bits. It is 0 for symbols that end several
// blocks, which only progressive files use.
func entry(symbol uint8, length int, dc bool) uint32 {
	size := int(symbol & 15)
	lead := int(symbol>>4) + 1
	switch {
	case dc:
		lead = 1
	case symbol == 0:
		lead = blockEnd
	case size == 0 && symbol != 0xf0:
		return 0
	}
	e := uint32(length+size) | uint32(lead)<<8 | uint32(63-size)<<16 | uint32(length)<<24
	if length+size > quickBits {
		e |= apart
	}
	return e
}

// value returns the value of the magnitude bits that follow a code (T.81, F.2.2.1). next has the next bits,
// beginning with the code.
func value(e uint32, next uint64) int32 {
	next <<= e >> 24 & 31
	negative := ^uint64(int64(next) >> 63)
	return int32((next^negative)>>1>>(e>>16&63)^negative) - int32(negative)
}

// newHuffman builds the decoding table (T.81, annex C). It returns false if the counts do not form a
// prefix code, or for symbols that are invalid in a sequential file.
func newHuffman(counts [16]uint8, symbols []byte, dc bool) (*huffman, bool) {
	h := &huffman{}
	if dc && slices.ContainsFunc(symbols, func(s byte) bool { return s > 15 }) ||
		!h.build(counts, symbols, func(symbol uint8, length int) uint32 { return entry(symbol, length, dc) }) {
		return nil, false
	}
	if !dc {
		h.makeSkip()
	}
	return h, true
}

// build enters all symbols, with the entries that entryOf gives. It returns false if the counts do not form a prefix
// code.
func (h *huffman) build(counts [16]uint8, symbols []byte, entryOf func(symbol uint8, length int) uint32) bool {
	for i := range h.fast {
		h.fast[i] = apart
	}
	next := 0 // the next code, left-aligned in 16 bits
	for length := 1; length <= 16; length++ {
		rows := 1 << (16 - length)
		for range counts[length-1] {
			if next+rows > 1<<16 {
				return false
			}
			h.enter(next, rows, entryOf(symbols[0], length))
			symbols, next = symbols[1:], next+rows
		}
		if length == fastBits {
			h.start = next
		}
	}
	return true
}

// enter stores the entry e for rows values of the next 16 bits, from first on.
func (h *huffman) enter(first, rows int, e uint32) {
	const step = 1 << (16 - fastBits)
	if rows < step {
		for range rows {
			h.long = append(h.long, e)
		}
		return
	}
	if e == 0 {
		e = apart
	}
	for i := range rows / step {
		h.fast[first/step+i] = e
	}
}

// next returns the entry of the symbol that the bits begin with, or 0 if there is none.
func (h *huffman) next(bits uint64) uint32 {
	e := h.fast[bits>>(64-fastBits)]
	if e&lengths != 0 {
		return e
	}
	if i := int(bits>>48) - h.start; i >= 0 && i < len(h.long) {
		return h.long[i]
	}
	return 0
}

// makeSkip builds skip. For each value of the next bits it follows the symbols as long as their codes are
// complete.
func (h *huffman) makeSkip() {
	for i := range h.skip {
		used, ahead := 0, 0
		for ahead < blockEnd && used < skipBits {
			e := h.fast[uint32(i)<<used&(1<<skipBits-1)>>(skipBits-fastBits)]
			length, lead, code := int(e&lengths), int(e>>8&255), int(e>>24&31)
			if length == 0 || used+code > skipBits || used+length > quickBits || lead != blockEnd && ahead+lead >= inBlock {
				break
			}
			used, ahead = used+length, ahead+lead
		}
		if used == 0 {
			ahead = notWhole
		}
		h.skip[i] = uint16(used | ahead<<8)
	}
}
