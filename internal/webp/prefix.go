package webp

import (
	"errors"
	"math/bits"
)

// errVP8L is the error of lossless data that cannot be decoded.
var errVP8L = errors.New("webp: invalid VP8L data")

const (
	rootBits   = 8  // that the first table of a prefix code looks up, at most
	maxLength  = 15 // bits of a code
	maxSymbols = 256 + lengthSymbols + 1<<maxCacheBits
)

// code is a prefix code. An entry of its table has the length of a code in the lowest byte and its symbol above. If
// the length exceeds that of the first table, the symbol is the offset of another table, and the length is the first
// table's plus that of the other one.
type code struct {
	table []uint32
	mask  uint32 // of the first table
	root  uint8  // bits of the first table
}

// only returns the symbol of a code that takes no bits.
func (c *code) only() (symbol uint32, ok bool) { return c.table[0] >> 8, c.table[0]&0xff == 0 }

// look returns the entry of the next symbol in a window: its length and, above, the symbol.
func (c *code) look(window uint64) uint32 {
	e := c.table[uint32(window)&c.mask]
	if n := e & 0xff; n > uint32(c.root) {
		e = c.table[e>>8+uint32(window>>c.root)&(1<<(n-uint32(c.root))-1)]
	}
	return e
}

// next reads a symbol. The window must have maxLength bits.
func (c *code) next(b *bitReader) uint32 {
	e := c.look(b.window)
	b.take(uint(e & 0xff))
	return e >> 8
}

// tables has room for the tables of all codes of a picture.
type tables struct{ entries int }

// maxEntries bounds the tables of all codes of a picture: more than the 2600 groups that libwebp's encoder makes at
// most take.
const maxEntries = 4 << 20

// build returns the code with the lengths, of which those that are 0 are not used (RFC 9649, section 3.7.2.1). The code
// must be complete, or have one symbol.
func (t *tables) build(lengths []uint8) (code, error) {
	var counts [maxLength + 1]int
	last := 0
	for symbol, n := range lengths {
		counts[n]++
		if n > 0 {
			last = symbol
		}
	}
	used := len(lengths) - counts[0]
	counts[0] = 0
	if used == 1 {
		return code{table: []uint32{uint32(last) << 8}}, nil
	}
	longest, room := 0, 1<<maxLength
	for n, count := range counts {
		if room -= count << (maxLength - n); count > 0 {
			longest = n
		}
	}
	if used == 0 || room != 0 {
		return code{}, errVP8L
	}
	root := min(longest, rootBits)
	size := 1 << root
	sub := secondSizes(&counts, root)
	for _, n := range sub {
		size += 1 << n
	}
	if t.entries += size; t.entries > maxEntries {
		return code{}, errVP8L
	}
	c := code{table: make([]uint32, size), mask: 1<<root - 1, root: uint8(root)}
	c.fill(lengths, &counts, sub)
	return c, nil
}

// secondSizes returns the bits of the second tables, in the order of the codes.
func secondSizes(counts *[maxLength + 1]int, root int) (sizes []int) {
	left := *counts
	for n := root + 1; n <= maxLength; {
		if left[n] == 0 {
			n++
			continue
		}
		// The codes of the next table begin with the same root bits. Enough codes of the next lengths fill it.
		size, room := n-root, 1<<(n-root)
		for room -= left[n]; room > 0; room -= left[root+size] {
			size++
			room <<= 1
		}
		room = 1 << size
		for m := n; m <= root+size; m++ {
			take := min(left[m], room>>(root+size-m))
			left[m] -= take
			room -= take << (root + size - m)
		}
		sizes = append(sizes, size)
	}
	return sizes
}

// fill fills the tables. The symbols of a length have consecutive codes, in their order.
func (c *code) fill(lengths []uint8, counts *[maxLength + 1]int, sub []int) {
	var places [maxLength + 2]int
	for n := 1; n <= maxLength; n++ {
		places[n+1] = places[n] + counts[n]
	}
	var sorted [maxSymbols]uint16
	for symbol, n := range lengths {
		if n > 0 {
			sorted[places[n]] = uint16(symbol)
			places[n]++
		}
	}
	root := int(c.root)
	value, done, end, table, from := 0, 0, 1<<root, -1, -1
	for n := 1; n <= maxLength; n++ {
		value <<= 1
		for range counts[n] {
			symbol := sorted[done]
			done++
			reversed := int(bits.Reverse16(uint16(value)) >> (16 - n))
			value++
			entry := uint32(symbol)<<8 | uint32(n)
			if n <= root {
				for i := reversed; i < 1<<root; i += 1 << n {
					c.table[i] = entry
				}
				continue
			}
			if low := reversed & (1<<root - 1); low != from {
				table++
				from = low
				c.table[low] = uint32(end)<<8 | uint32(root+sub[table])
				end += 1 << sub[table]
			}
			start, size := int(c.table[from]>>8), sub[table]
			for i := reversed >> root; i < 1<<size; i += 1 << (n - root) {
				c.table[start+i] = entry
			}
		}
	}
}
