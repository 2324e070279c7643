package png

// told is a part of what tells the lengths of codes: a length, or a repetition of lengths with its
// further bits (RFC 1951, 3.2.7).
type told struct{ symbol, rest, extra uint8 }

// Repetitions of lengths.
const (
	again     = 16 // of the last one, 3 to 6 times
	zeros     = 17 // of 0, 3 to 10 times
	manyZeros = 18 // of 0, 11 to 138 times
)

// tellOrder is the order in which the lengths of the code of lengths are written.
var tellOrder = [19]uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

// head writes that one last block follows, and its codes.
func (d *deflater) head(out []byte) []byte {
	symbols, places := used(d.symbols.lengths[:286], 257), used(d.places.lengths[:30], 1)
	d.tell(symbols, places)
	var counts [19]uint32
	for _, t := range d.told {
		counts[t.symbol]++
	}
	d.lengths.build(counts[:], maxLengthCodeBits)
	n := len(tellOrder)
	for n > 4 && d.lengths.lengths[tellOrder[n-1]] == 0 {
		n--
	}
	d.buffered, d.pending = 0, 0
	out = d.put(out, 0b101, 3) // the last block, with codes of its own
	out = d.put(out, uint64(len(symbols)-257), 5)
	out = d.put(out, uint64(len(places)-1), 5)
	out = d.put(out, uint64(n-4), 4)
	for _, s := range tellOrder[:n] {
		out = d.put(out, uint64(d.lengths.lengths[s]), 3)
	}
	for _, t := range d.told {
		out = d.put(out, uint64(d.lengths.bits[t.symbol]), d.lengths.lengths[t.symbol])
		out = d.put(out, uint64(t.rest), t.extra)
	}
	return out
}

// used are the lengths up to the last that is not 0, at least so many.
func used(lengths []uint8, least int) []uint8 {
	n := len(lengths)
	for n > least && lengths[n-1] == 0 {
		n--
	}
	return lengths[:n]
}

// tell lists the lengths of both codes with their repetitions.
func (d *deflater) tell(symbols, places []uint8) {
	var all [286 + 30]uint8
	lengths := append(append(all[:0], symbols...), places...)
	d.told = d.told[:0]
	for len(lengths) > 0 {
		n := 1
		for n < len(lengths) && lengths[n] == lengths[0] {
			n++
		}
		d.tellRun(lengths[0], n)
		lengths = lengths[n:]
	}
}

// tellRun lists one length that comes n times.
func (d *deflater) tellRun(length uint8, n int) {
	if length > 0 {
		d.told = append(d.told, told{symbol: length})
		n--
	}
	for n > 0 {
		t, many := told{symbol: length}, 1
		switch {
		case length > 0 && n >= 3:
			many = min(n, 6)
			t = told{again, uint8(many - 3), 2}
		case length == 0 && n >= 11:
			many = min(n, 138)
			t = told{manyZeros, uint8(many - 11), 7}
		case length == 0 && n >= 3:
			many = n
			t = told{zeros, uint8(many - 3), 3}
		}
		d.told = append(d.told, t)
		n -= many
	}
}
