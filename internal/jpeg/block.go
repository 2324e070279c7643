package jpeg

// places is where a block's coefficients are kept for an inverse DCT of some points, by their
// place in the stream; what it has no use for goes to scrap.
type places struct {
	at   [256]uint8
	last int // in the stream, of the coefficients that are kept
}

const scrap = 64 // of a block's buffer

// keeps is the places for inverse DCTs of 1, 2, 4 and 8 points, by the logarithm.
var keeps = func() (all [4]places) {
	for i := range all {
		points := uint8(1) << i
		p := &all[i]
		for k := range p.at {
			p.at[k] = scrap
			if k < 64 && zigzag[k]&7 < points && zigzag[k]>>3 < points {
				p.at[k], p.last = zigzag[k], k
			}
		}
	}
	return all
}()

// coefficients reads the DC difference and the AC coefficients of a block, times their
// quantisers, into out, which holds zeros. last is the place in the stream of the last one that is
// not zero, as far as they are kept. It reports false for codes that no sequential file has.
func (b *reader) coefficients(c *component, out *[65]int32, keep *places) (last int, ok bool) {
	difference, ok := b.difference(c.dc)
	if !ok {
		return 0, false
	}
	out[0] = difference
	h, q := c.ac, c.quant
	k := 1
	acc, n := b.acc, b.n
	for k <= keep.last {
		if n < 32 {
			b.acc, b.n = acc, n
			b.load()
			acc, n = b.acc, b.n
		}
		e := h.fast[acc>>(64-fastBits)]
		if e&wide != 0 || e == longCode {
			b.acc, b.n = acc, n
			run, value, ok := b.slow(h, e)
			if !ok {
				return 0, false
			}
			acc, n = b.acc, b.n
			k += run
			out[keep.at[uint8(k)]] = value * q[k&63]
			k++
			continue
		}
		acc <<= e & 63
		n -= int(e & 63)
		k += int(e >> 8 & 255)
		out[keep.at[uint8(k)]] = int32(e) >> 16 * q[k&63]
		k++
	}
	b.acc, b.n = acc, n
	return b.rest(h, k, keep.last)
}

// rest reads over what of a block is not kept, from k on; it answers as coefficients does.
func (b *reader) rest(h *huffman, k, kept int) (last int, ok bool) {
	switch {
	case k > endRun:
		return k - endRun - 2, true
	case k > 64:
		return 0, false
	}
	return min(k-1, kept), b.pass(h, k)
}

// difference reads a DC difference.
func (b *reader) difference(h *huffman) (int32, bool) {
	if b.n < 32 {
		b.load()
	}
	e := h.fast[b.acc>>(64-fastBits)]
	if e&wide != 0 || e == longCode {
		_, value, ok := b.slow(h, e)
		return value, ok
	}
	b.acc <<= e & 63
	b.n -= int(e & 63)
	return int32(e) >> 16, true
}

// slow reads a symbol that the fast table does not hold whole; at least 32 bits are there.
func (b *reader) slow(h *huffman, e uint32) (run int, value int32, ok bool) {
	length, size := int(e&63), int(e>>16&15)
	run = int(e >> 8 & 255)
	if e == longCode {
		symbol, l := h.long(uint32(b.acc >> 48))
		if l == 0 {
			return 0, 0, false
		}
		length, size, run = l, int(symbol&15), runOf(symbol)
	}
	if run == noRun {
		return 0, 0, false
	}
	magnitude := uint32(b.acc << length >> 32 >> (32 - size))
	b.acc <<= length + size
	b.n -= length + size
	return run, extend(magnitude, size), true
}

// pass reads over the coefficients of a block from k on.
func (b *reader) pass(h *huffman, k int) bool {
	acc, n := b.acc, b.n
	for k < 64 {
		if n < 32 {
			b.acc, b.n = acc, n
			b.load()
			acc, n = b.acc, b.n
		}
		s := h.skip[acc>>(64-skipBits)]
		ahead := int(s >> 4 & 127)
		if s != 0 && k+ahead <= 64 {
			acc <<= s & 15
			n -= int(s & 15)
			k += ahead
			if s&ended != 0 {
				break
			}
			continue
		}
		b.acc, b.n = acc, n
		e := h.fast[acc>>(64-fastBits)]
		run, _, ok := b.slow(h, plain(e))
		if !ok {
			return false
		}
		acc, n = b.acc, b.n
		k += run + 1
		if run == endRun {
			break
		}
	}
	b.acc, b.n = acc, n
	return k <= 64 || k > endRun
}

// plain is a fast entry as slow reads it, with the magnitude still to come.
func plain(e uint32) uint32 {
	if e&wide != 0 || e == longCode {
		return e
	}
	return e &^ (0xffff << 16) // its length holds the magnitude's bits already
}
