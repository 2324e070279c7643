package jpeg

// places is where a block's coefficients stand for an inverse DCT of some points: column by
// column, as deep as it has points. What it has no use for goes where the mean will be written
// last.
type places struct {
	at   [256]uint8 // by how many of the stream's coefficients were read, with this one
	last int        // in the stream, of the coefficients that are kept
}

// keeps is the places for inverse DCTs of 1, 2, 4 and 8 points, by the logarithm.
var keeps = func() (all [4]places) {
	for i := range all {
		points := uint8(1) << i
		p := &all[i]
		for k, at := range zigzag {
			if x, y := at&7, at>>3; x < points && y < points {
				p.at[k+1], p.last = x*points+y, k
			}
		}
	}
	return all
}()

// arranged is a table of quantisers in the places of the coefficients that they are for.
func (p *places) arranged(quant *[64]int32) (q [64]int32) {
	for k := p.last; k >= 0; k-- {
		q[p.at[k+1]] = quant[k] // the mean's comes last
	}
	return q
}

// block is one of an MCU's blocks.
type block struct {
	dc, ac *huffman
	comp   int // the component
	at     int // where the first MCU's stands among the coefficients
	step   int // from one MCU's to the next
}

// coefficients reads the DC difference of a block, and its AC coefficients into out, which holds
// zeros where they are kept. It reports false for codes that no sequential file has.
func (b *reader) coefficients(p *block, keep *places, out []int32) (difference int32, ok bool) {
	if b.n < 32 {
		b.load()
	}
	e := p.dc.next(b.acc)
	if e == 0 {
		return 0, false
	}
	difference = value(e, b.acc)
	acc, n := b.acc<<(e&63), b.n-int(e&63)
	k := 1
	for k <= keep.last {
		if n < 32 {
			b.acc, b.n = acc, n
			b.load()
			acc, n = b.acc, b.n
		}
		e := p.ac.fast[acc>>(64-fastBits)]
		if e&lengths == 0 {
			if e = p.ac.next(acc); e == 0 {
				return 0, false
			}
		}
		k += int(e >> 8 & 255)
		out[keep.at[uint8(k)]] = value(e, acc)
		acc <<= e & 63
		n -= int(e & 63)
	}
	b.acc, b.n = acc, n
	if k >= inBlock {
		return difference, ends(k)
	}
	return difference, b.pass(p.ac, k)
}

// ends reports whether a block may end so: at its last coefficient, or before it by its code.
func ends(k int) bool { return k == inBlock || k >= blockEnd && k < blockEnd+inBlock }

// pass reads over the coefficients of a block from k on.
func (b *reader) pass(h *huffman, k int) bool {
	acc, n := b.acc, b.n
	for k < inBlock {
		if n < 32 {
			b.acc, b.n = acc, n
			b.load()
			acc, n = b.acc, b.n
		}
		s := h.skip[acc>>(64-skipBits)]
		used, ahead := int(s&63), int(s>>8)
		if k+ahead >= inBlock && !ends(k+ahead) { // into the next block, or nothing is whole
			e := h.next(acc)
			if e == 0 {
				return false
			}
			if used, ahead = int(e&63), int(e>>8&255); k+ahead >= inBlock && !ends(k+ahead) {
				return false
			}
		}
		acc <<= used & 63
		n -= used
		k += ahead
	}
	b.acc, b.n = acc, n
	return true
}
