package inflate

import "slices"

// order is the order in which the lengths of the codes for code lengths are stored (RFC 1951, 3.2.7).
var order = [19]uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

// head reads the header of a block (RFC 1951, 3.2.3).
func (r *Reader) head() error {
	if !r.need(3) {
		return ErrShort
	}
	r.last = r.take(1) == 1
	switch r.take(2) {
	case 0:
		r.kind = stored
		return r.storedHead()
	case 1:
		r.kind = coded
		r.codes.setFixed()
		return nil
	case 2:
		r.kind = coded
		return r.codedHead()
	}
	return ErrCorrupt
}

// storedHead reads the length of a stored block.
func (r *Reader) storedHead() error {
	r.drop(r.n & 7)
	if !r.need(32) {
		return ErrShort
	}
	n, inverted := r.take(16), r.take(16)
	if n != ^inverted&0xffff {
		return ErrCorrupt
	}
	if r.left = n; n == 0 {
		r.endBlock()
	}
	return nil
}

// A block of twelve bytes can have codes whose tables take microseconds, and no data. So after manySets there may be
// one such block in leastOfSet bytes: zlib's smallest blocks have 128, with the least memory.
const (
	manySets   = 1 << 14
	leastOfSet = 64
)

// codedHead reads the codes of a block (RFC 1951, 3.2.7).
func (r *Reader) codedHead() error {
	if r.sets++; r.sets > manySets+r.made/leastOfSet {
		return ErrCorrupt
	}
	if !r.need(14) {
		return ErrShort
	}
	lits, dists, lengths := r.take(5)+257, r.take(5)+1, r.take(4)+4
	if lits > maxLit || dists > maxDist {
		return ErrCorrupt
	}
	c := &r.codes
	c.fixed = false
	clear(c.lengths[:])
	for _, symbol := range order[:lengths] {
		if !r.need(3) {
			return ErrShort
		}
		c.lengths[symbol] = uint8(r.take(3))
	}
	const tableBits = 7
	var table [1 << tableBits]uint32
	if !build(table[:], tableBits, c.lengths[:len(order)], lengthBases[:]) {
		return ErrCorrupt
	}
	if err := r.lengths(table[:], lits+dists); err != nil {
		return err
	}
	return c.set(lits, dists)
}

// lengthBases has the entries of the symbols for code lengths.
var lengthBases = func() (bases [19]uint32) {
	for i := range bases {
		bases[i] = uint32(i) << baseAt
	}
	return bases
}()

// lengths reads the lengths of n codes.
func (r *Reader) lengths(table []uint32, n int) error {
	lengths := r.codes.lengths[:n]
	clear(lengths)
	for i := 0; i < n; {
		r.need(7 + 7)
		e := table[r.bits&uint64(len(table)-1)]
		size := uint(e & lengthMask)
		switch {
		case size > r.n || e&isInvalid != 0 && r.n < 7:
			return ErrShort
		case e&isInvalid != 0:
			return ErrCorrupt
		}
		r.drop(size)
		symbol := e >> baseAt
		if symbol < 16 {
			lengths[i] = uint8(symbol)
			i++
			continue
		}
		repeat := repeats[symbol-16]
		if r.n < repeat.extra {
			return ErrShort
		}
		again := repeat.base + r.take(repeat.extra)
		value := uint8(0)
		if symbol == 16 {
			if i == 0 {
				return ErrCorrupt
			}
			value = lengths[i-1]
		}
		if again > n-i {
			return ErrCorrupt
		}
		for range again {
			lengths[i] = value
			i++
		}
	}
	return nil
}

// repeats has the numbers of repetitions of the symbols 16 to 18.
var repeats = [3]struct {
	extra uint
	base  int
}{{2, 3}, {3, 3}, {7, 11}}

// set makes the tables of the codes, whose lengths follow each other.
func (c *codes) set(lits, dists int) error {
	if !build(c.dist[:], distBits, c.lengths[lits:lits+dists], distBases[:]) ||
		!build(c.lit[:], litBits, c.lengths[:lits], litBases[:]) {
		return ErrCorrupt
	}
	c.joined = false
	return nil
}

// setFixed makes the tables of the codes that need no table in the stream (RFC 1951, 3.2.6).
func (c *codes) setFixed() {
	if c.fixed {
		return
	}
	lengths := slices.Concat(slices.Repeat([]uint8{8}, 144), slices.Repeat([]uint8{9}, 112),
		slices.Repeat([]uint8{7}, 24), slices.Repeat([]uint8{8}, 8), slices.Repeat([]uint8{5}, 32))
	copy(c.lengths[:], lengths)
	build(c.dist[:], distBits, c.lengths[litSymbols:], distBases[:])
	build(c.lit[:], litBits, c.lengths[:litSymbols], litBases[:])
	c.fixed, c.joined = true, true // no two literals fit into an entry
}
