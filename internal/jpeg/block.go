package jpeg

// places maps the coefficients of a block, in stream order, to their positions in the input of an
// inverse DCT, which is stored column by column. Coefficients that a smaller DCT does not use go to
// position 0, which is overwritten with the DC value afterwards.
type places struct {
	at   [256]uint8 // position of coefficient k-1 of the stream
	last int        // last coefficient of the stream that is used
}

// keeps has the places for inverse DCTs of 1, 2, 4 and 8 points, indexed by the logarithm.
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

// arranged returns a quantisation table with each value at the position of its coefficient.
func (p *places) arranged(quant *[64]int32) (q [64]int32) {
	for k := p.last; k >= 0; k-- {
		q[p.at[k+1]] = quant[k] // the DC value comes last
	}
	return q
}

// block is one of the blocks of an MCU.
type block struct {
	dc, ac *huffman
	comp   int // index of the component
	at     int // index of the first MCU's block in the coefficients
	step   int // distance to the next MCU's block
}

// coefficients reads a block. It returns the DC difference and stores the AC coefficients in out, which
// must be zero. It returns false for codes that are invalid in a sequential file.
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

// ends reports whether a block may end at k: after its last coefficient, or by an end-of-block code.
func ends(k int) bool { return k == inBlock || k >= blockEnd && k < blockEnd+inBlock }

// pass skips the coefficients of a block from k on.
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
		if k+ahead >= inBlock && !ends(k+ahead) { // beyond the block, or no complete code
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
