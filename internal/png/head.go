package png

// lengthSymbol is a symbol of the code length alphabet (RFC 1951, 3.2.7): a code length, or a repetition of
// code lengths. rest is the value of its extra bits, extra their number.
type lengthSymbol struct{ symbol, rest, extra uint8 }

// The repetition symbols of the code length alphabet.
const (
	again     = 16 // the previous code length, 3 to 6 times
	zeros     = 17 // 0, 3 to 10 times
	manyZeros = 18 // 0, 11 to 138 times
)

// codeLengthOrder is the order in which the code lengths of the code length alphabet are written.
var codeLengthOrder = [19]uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

// head writes the header of the only block, with its codes.
func (d *deflater) head(out []byte) []byte {
	symbols, distances := used(d.symbols.lengths[:286], 257), used(d.distances.lengths[:30], 1)
	d.listLengths(symbols, distances)
	var counts [19]uint32
	for _, t := range d.lengthSymbols {
		counts[t.symbol]++
	}
	d.lengths.build(counts[:], maxLengthCodeBits)
	n := len(codeLengthOrder)
	for n > 4 && d.lengths.lengths[codeLengthOrder[n-1]] == 0 {
		n--
	}
	d.buffered, d.pending = 0, 0
	out = d.put(out, 0b101, 3) // the last block, with dynamic Huffman codes
	out = d.put(out, uint64(len(symbols)-257), 5)
	out = d.put(out, uint64(len(distances)-1), 5)
	out = d.put(out, uint64(n-4), 4)
	for _, s := range codeLengthOrder[:n] {
		out = d.put(out, uint64(d.lengths.lengths[s]), 3)
	}
	for _, t := range d.lengthSymbols {
		out = d.put(out, uint64(d.lengths.bits[t.symbol]), d.lengths.lengths[t.symbol])
		out = d.put(out, uint64(t.rest), t.extra)
	}
	return out
}

// used returns the lengths up to the last that is not 0, but at least the first least.
func used(lengths []uint8, least int) []uint8 {
	n := len(lengths)
	for n > least && lengths[n-1] == 0 {
		n--
	}
	return lengths[:n]
}

// listLengths converts the lengths of both codes to symbols of the code length alphabet.
func (d *deflater) listLengths(symbols, distances []uint8) {
	var all [286 + 30]uint8
	lengths := append(append(all[:0], symbols...), distances...)
	d.lengthSymbols = d.lengthSymbols[:0]
	for len(lengths) > 0 {
		n := 1
		for n < len(lengths) && lengths[n] == lengths[0] {
			n++
		}
		d.addLengths(lengths[0], n)
		lengths = lengths[n:]
	}
}

// addLengths adds the symbols for n equal lengths.
func (d *deflater) addLengths(length uint8, n int) {
	if length > 0 {
		d.lengthSymbols = append(d.lengthSymbols, lengthSymbol{symbol: length})
		n--
	}
	for n > 0 {
		t, many := lengthSymbol{symbol: length}, 1
		switch {
		case length > 0 && n >= 3:
			many = min(n, 6)
			t = lengthSymbol{again, uint8(many - 3), 2}
		case length == 0 && n >= 11:
			many = min(n, 138)
			t = lengthSymbol{manyZeros, uint8(many - 11), 7}
		case length == 0 && n >= 3:
			many = n
			t = lengthSymbol{zeros, uint8(many - 3), 3}
		}
		d.lengthSymbols = append(d.lengthSymbols, t)
		n -= many
	}
}
