package jpeg

// Widths of the look-up tables, in bits of the stream.
const (
	fastBits = 10
	skipBits = 12
)

// huffman decodes one table's symbols. It is not changed once made.
type huffman struct {
	// fast tells of the next bits what symbol they begin, as entry writes it.
	fast [1 << fastBits]uint32
	// skip tells how many bits the symbols take whose codes are whole among the next ones, in bits
	// 0 to 7, and by how many coefficients they lead on, in bits 8 to 15, as entry counts them. They
	// are as many as quickBits hold with all their magnitudes, seen or not. Where not even one code
	// is whole, there are no bits, and notWhole coefficients.
	skip [1 << skipBits]uint16
	// Codes that are longer than fast's rows: the next 16 bits, less start, look up an entry. There
	// are no more than 256 of them, and 2^5 rows for each.
	long  []uint32
	start int
}

// Fields of an entry. Bits 0 to 7 are the length of the code and of its magnitude bits, 0 for what
// is no code; 8 to 15 how many coefficients it leads on; 16 to 23 are 63 less the magnitude's
// bits, and 24 to 28 the length of the code alone. apart says that the entry takes more than
// quickBits, or is not in this table.
const (
	apart     = 1 << 31
	quickBits = 18       // three of them fit into the 56 bits that a load leaves at least
	notWhole  = 64       // leads past every block, but not so far as
	blockEnd  = 128      // an end of block does
	inBlock   = 64       // coefficients
	lengths   = 1<<8 - 1 // the mask of an entry's length
)

// entry is what the tables say of a symbol with a code of some bits. It is 0 for symbols that end
// several blocks, which only progressive files have.
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

// value is what the magnitude bits that follow a code stand for (T.81, F.2.2.1); next are the bits
// from the code on.
func value(e uint32, next uint64) int32 {
	next <<= e >> 24 & 31
	negative := ^uint64(int64(next) >> 63)
	return int32((next^negative)>>1>>(e>>16&63)^negative) - int32(negative)
}

// newHuffman makes the codes of a table (T.81, annex C). It reports false for counts that are no
// prefix code, and for symbols that no sequential file has.
func newHuffman(counts [16]uint8, symbols []byte, dc bool) (*huffman, bool) {
	h := &huffman{}
	for i := range h.fast {
		h.fast[i] = apart
	}
	next := 0 // in 16 bits: the code that comes after those of each length
	for length := 1; length <= 16; length++ {
		rows := 1 << (16 - length)
		for range counts[length-1] {
			symbol := symbols[0]
			symbols = symbols[1:]
			if dc && symbol > 15 || next+rows > 1<<16 {
				return nil, false
			}
			h.enter(next, rows, entry(symbol, length, dc))
			next += rows
		}
		if length == fastBits {
			h.start = next
		}
	}
	if !dc {
		h.makeSkip()
	}
	return h, true
}

// enter says what the rows of 16 bits from the first on begin with.
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

// next is the entry of the symbol that the next bits begin, 0 where there is none.
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

// makeSkip follows the symbols through every row of bits as far as their codes are whole.
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
