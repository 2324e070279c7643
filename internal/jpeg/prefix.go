package jpeg

// prefixBits is the width of a prefix's look-up table, in bits of the stream.
const prefixBits = 9

// prefix decodes the symbols of a Huffman table, whatever they mean. It is immutable.
type prefix struct {
	fast [1 << prefixBits]uint16 // the symbol, and from bit 8 the length of its code; 0 if that is longer
	// ends has, for each length, the first 16 bits of the stream that begin with no code of this length or a shorter
	// one; first is the index of the first symbol of the length, less its code.
	ends    [17]int32
	first   [17]int32
	symbols []byte
}

// newPrefix builds the decoding table (T.81, annex C). The error is ErrForeign if the lengths form no prefix code.
func newPrefix(d definition) (*prefix, error) {
	p := &prefix{symbols: d.symbols}
	code, at := int32(0), int32(0)
	for length := 1; length <= 16; length++ {
		n := int32(d.counts[length-1])
		p.first[length] = at - code
		if code+n > 1<<length {
			return nil, foreign("Huffman table")
		}
		for i := range n {
			p.enter(code+i, length, d.symbols[at+i])
		}
		code, at = code+n, at+n
		p.ends[length] = code << (16 - length)
		code <<= 1
	}
	return p, nil
}

// enter stores a symbol for all bits that begin with its code.
func (p *prefix) enter(code int32, length int, symbol uint8) {
	if length > prefixBits {
		return
	}
	span := int32(1) << (prefixBits - length)
	for i := range span {
		p.fast[code*span+i] = uint16(symbol) | uint16(length)<<8
	}
}

// next returns the next symbol of the stream. For bits that begin with no code it returns 0, and ok is false.
func (p *prefix) next(b *reader) (symbol uint8, ok bool) {
	if b.n < 32 {
		b.load()
	}
	if e := p.fast[b.acc>>(64-prefixBits)]; e != 0 {
		b.drop(uint(e >> 8))
		return uint8(e), true
	}
	ahead := int32(b.acc >> 48)
	for length := prefixBits + 1; length <= 16; length++ {
		if ahead < p.ends[length] {
			b.drop(uint(length))
			return p.symbols[p.first[length]+ahead>>(16-length)], true
		}
	}
	b.drop(16)
	return 0, false
}

// drop goes on by some bits.
func (b *reader) drop(n uint) {
	b.acc <<= n & 63
	b.n -= int(n)
}

// bits returns the next n bits, at most 16.
func (b *reader) bits(n uint) int32 {
	if n == 0 {
		return 0
	}
	if b.n < 32 {
		b.load()
	}
	v := int32(b.acc >> (64 - n))
	b.drop(n)
	return v
}

// extended returns the value of the next n magnitude bits (T.81, F.2.2.1).
func (b *reader) extended(n uint) int32 {
	v := b.bits(n)
	if n > 0 && v < 1<<(n-1) {
		v += -1<<n + 1
	}
	return v
}
