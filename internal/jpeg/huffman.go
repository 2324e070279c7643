package jpeg

// Widths of the look-up tables, in bits of the stream.
const (
	fastBits = 10
	skipBits = 12
)

// huffman decodes one table's symbols. It is not changed once made, but for ready.
type huffman struct {
	// fast tells of the next bits what symbol they begin: its length with its magnitude bits in
	// bits 0 to 5, the coefficients that it passes over in bits 8 to 15, its value in bits 16 to
	// 31. Where the magnitude lies outside (wide), the length is the code's alone, and bits 16 to
	// 19 hold the magnitude's. Zero: the code is longer.
	fast [1 << fastBits]uint32
	// skip tells how many bits the whole symbols among the next ones take, in bits 0 to 3, and by
	// how many coefficients they lead on, in bits 4 to 10; ended says that they end the block,
	// which counts as a coefficient. Zero: not even one symbol is whole.
	skip [1 << skipBits]uint16
	// limits are one more than the last code of each length, and offsets what leads from a code
	// to its symbol; both are as if codes had 16 bits.
	limits  [17]uint32
	offsets [17]int
	symbols [256]uint8
}

const (
	wide     = 1 << 6
	endRun   = 128 // passed over at an end of block: far beyond any coefficient
	noRun    = 200 // of symbols that end several blocks, which only progressive files have
	ended    = 1 << 15
	longCode = 0
)

// newHuffman makes the codes of a table (T.81, annex C). It reports false for counts that are no
// prefix code, and for symbols that no sequential file has.
func newHuffman(counts [16]uint8, symbols []byte, dc bool) (*huffman, bool) {
	h := &huffman{}
	copy(h.symbols[:], symbols)
	code, at := uint32(0), 0
	for length := 1; length <= 16; length++ {
		n := uint32(counts[length-1])
		h.offsets[length] = at - int(code)
		for i := range n {
			s := symbols[at+int(i)]
			if dc && s > 15 {
				return nil, false
			}
			h.enter(code+i, length, s, dc)
		}
		code += n
		at += int(n)
		if code > 1<<length {
			return nil, false
		}
		h.limits[length] = code << (16 - length)
		code <<= 1
	}
	if !dc {
		h.makeSkip()
	}
	return h, true
}

// enter puts a code into the fast table, with every value of its magnitude bits that fits.
func (h *huffman) enter(code uint32, length int, symbol uint8, dc bool) {
	if length > fastBits {
		return
	}
	run, size := uint32(runOf(symbol)), int(symbol&15)
	if dc {
		run = 0
	}
	first := code << (fastBits - length)
	spare := fastBits - length
	for i := range uint32(1) << spare {
		e := run<<8 | uint32(length)
		if size > spare {
			e |= wide | uint32(size)<<16
		} else if run == noRun {
			e |= wide
		} else {
			e += uint32(size) | uint32(extend(i>>(spare-size), size))<<16
		}
		h.fast[(first+i)&(1<<fastBits-1)] = e
	}
}

// runOf is the coefficients that an AC symbol passes over.
func runOf(symbol uint8) int {
	switch {
	case symbol == 0:
		return endRun
	case symbol&15 == 0 && symbol < 0xf0:
		return noRun
	}
	return int(symbol >> 4)
}

// extend is the value that magnitude bits stand for (T.81, F.2.2.1).
func extend(bits uint32, size int) int32 {
	if size == 0 {
		return 0
	}
	if bits>>(size-1) != 0 {
		return int32(bits)
	}
	return int32(bits) + 1 - 1<<size
}

// makeSkip follows the symbols through every row of bits as far as they are whole.
func (h *huffman) makeSkip() {
	for i := range h.skip {
		used, ahead, end := 0, 0, 0
		for end == 0 {
			e := h.fast[uint32(i)<<used&(1<<skipBits-1)>>(skipBits-fastBits)]
			length := int(e & 63)
			if e&wide != 0 {
				length += int(e >> 16 & 15)
			}
			run := int(e >> 8 & 255)
			if e == longCode || used+length > skipBits || run != endRun && ahead+run+1 > 64 {
				break
			}
			used += length
			if run == endRun {
				run, end = 0, ended
			}
			ahead += run + 1
		}
		h.skip[i] = uint16(used | ahead<<4 | end)
	}
}

// long finds a code that is longer than fastBits among the next 16 bits; its length is 0 where
// there is none.
func (h *huffman) long(next uint32) (symbol uint8, length int) {
	for l := fastBits + 1; l <= 16; l++ {
		if next < h.limits[l] {
			return h.symbols[(int(next>>(16-l))+h.offsets[l])&255], l
		}
	}
	return 0, 0
}
