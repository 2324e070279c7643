package png

import (
	"math/bits"
	"slices"
)

// Maximum code lengths of RFC 1951, 3.2.7: of literals, lengths and distances, and of the code length alphabet.
const (
	maxCodeBits       = 15
	maxLengthCodeBits = 7
)

// code is a prefix code of up to 286 symbols. Unused symbols have length 0.
type code struct {
	lengths [286]uint8
	bits    [286]uint16 // the codes, with reversed bits, as deflate writes them
	sorted  []uint64    // used symbols, the rarest first: count<<16 | symbol
	weights []uint64    // of the leaves in sorted, then of the inner nodes
	parents []uint16    // by the same index
}

// build builds a Huffman code for the counts, with codes of at most most bits. The code of a single symbol has one
// bit (RFC 1951, 3.2.7).
func (c *code) build(counts []uint32, most int) {
	clear(c.lengths[:])
	c.sorted = c.sorted[:0]
	for s, n := range counts {
		if n > 0 {
			c.sorted = append(c.sorted, uint64(n)<<16|uint64(s))
		}
	}
	slices.Sort(c.sorted)
	switch len(c.sorted) {
	case 0:
	case 1:
		c.lengths[c.sorted[0]&0xffff] = 1
	default:
		c.measure(most)
	}
	c.assign()
}

// measure computes the code lengths by Huffman's algorithm (1952). It uses two queues, of leaves and of inner nodes,
// because inner nodes are created in the order of their weights. Then it applies the limit.
func (c *code) measure(most int) {
	n := len(c.sorted)
	c.weights, c.parents = slices.Grow(c.weights[:0], 2*n)[:2*n-1], slices.Grow(c.parents[:0], 2*n)[:2*n-1]
	for i, s := range c.sorted {
		c.weights[i] = s >> 16
	}
	leaf, joint := 0, n
	for made := n; made < 2*n-1; made++ {
		c.weights[made] = 0
		for range 2 {
			least := joint
			if leaf < n && (joint == made || c.weights[leaf] <= c.weights[joint]) {
				least = leaf
				leaf++
			} else {
				joint++
			}
			c.weights[made] += c.weights[least]
			c.parents[least] = uint16(made)
		}
	}
	c.limit(n, most)
}

// limit shortens the codes of more than most bits, lengthens others until the code is a prefix code again, and gives
// the longest codes to the rarest symbols.
func (c *code) limit(n, most int) {
	var many [32]int
	depths := c.weights[n:] // of the inner nodes, whose weights are no longer needed
	depths[n-2] = 0
	for i := 2*n - 3; i >= 0; i-- {
		depth := depths[int(c.parents[i])-n] + 1
		if i >= n {
			depths[i-n] = depth
		} else {
			many[min(int(depth), most)]++
		}
	}
	total := 0 // the Kraft sum, times 2^most
	for bits := 1; bits <= most; bits++ {
		total += many[bits] << (most - bits)
	}
	for ; total > 1<<most; total-- {
		many[most]--
		bits := most - 1
		for many[bits] == 0 {
			bits--
		}
		many[bits]--
		many[bits+1] += 2
	}
	at := 0
	for bits := most; bits > 0; bits-- {
		for range many[bits] {
			c.lengths[c.sorted[at]&0xffff] = uint8(bits)
			at++
		}
	}
}

// assign computes the codes from their lengths (RFC 1951, 3.2.2).
func (c *code) assign() {
	var many, next [maxCodeBits + 1]uint16
	for _, s := range c.sorted {
		many[c.lengths[s&0xffff]]++
	}
	for n := 1; n <= maxCodeBits; n++ {
		next[n] = (next[n-1] + many[n-1]) << 1
	}
	for s, n := range c.lengths {
		if n > 0 {
			c.bits[s] = bits.Reverse16(next[n]) >> (16 - n)
			next[n]++
		}
	}
}
