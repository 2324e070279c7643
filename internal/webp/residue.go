package webp

// blockRow is a row of macroblocks: their modes, and their coefficients, 16 for each block that has any.
type blockRow struct {
	macroblocks []macroblock
	coeffs      []int16
}

// newBlockRow returns a row with room for all coefficients, and for a block more, which is cleared before it is read.
func newBlockRow(mbw int) blockRow {
	return blockRow{macroblocks: make([]macroblock, mbw), coeffs: make([]int16, mbw*24*16+16)}
}

// context is what a macroblock passes on to the one below it or on its right.
type context struct {
	coded [8]uint8 // 1 if the block at that edge has coefficients: four of luma, two of each chroma
	dc    uint8    // the same for the block of DC values
}

// readResidueRow reads the coefficients of the next row of macroblocks, whose modes have been read. It returns false if
// the data does not have all of them.
func (f *frame) readResidueRow(y int, row *blockRow, above []context) bool {
	var left context
	b := &f.partitions[y&(f.used-1)]
	used := 0
	for x := range row.macroblocks {
		m := &row.macroblocks[x]
		b.nearEnd()
		used += f.readResidue(b, m, &above[x], &left, row.coeffs[used:])
		m.filter = 2 * m.segment
		if m.blocks {
			m.filter++
		}
		if b.exhausted() {
			return false
		}
	}
	return true
}

// readResidue reads the coefficients of a macroblock, and returns how many are stored (RFC 6386, section 13).
func (f *frame) readResidue(b *bools, m *macroblock, above, left *context, coeffs []int16) int {
	m.coded, m.big, m.inner = 0, false, m.blocks
	if m.skipped {
		above.coded, left.coded = [8]uint8{}, [8]uint8{}
		if !m.blocks {
			above.dc, left.dc = 0, 0
		}
		return 0
	}
	steps := &f.steps[m.segment]
	var dc [16]int16
	probs, first := &f.probs[lumaWithDC], 0
	if !m.blocks {
		coded, big := b.block(&f.probs[dcOfLuma], int(above.dc+left.dc), 0, &steps.dc, &dc)
		above.dc, left.dc = 0, 0
		if coded {
			above.dc, left.dc = 1, 1
			big = inverseWHT(&dc) || big
		}
		m.big = big
		probs, first = &f.probs[lumaWithoutDC], 1
	}
	used := 0
	for i := range 16 {
		x, y := i&3, i>>2
		out := (*[16]int16)(coeffs[used:])
		*out = [16]int16{dc[i]}
		coded, big := b.block(probs, int(above.coded[x]+left.coded[y]), first, &steps.luma, out)
		used += m.add(i, coded || dc[i] != 0, big)
		above.coded[x], left.coded[y] = bit(coded), bit(coded)
	}
	for i := range 8 {
		x, y := 4+i>>2<<1+i&1, 4+i>>1
		out := (*[16]int16)(coeffs[used:])
		*out = [16]int16{}
		coded, big := b.block(&f.probs[chroma], int(above.coded[x]+left.coded[y]), 0, &steps.chroma, out)
		used += m.add(16+i, coded, big)
		above.coded[x], left.coded[y] = bit(coded), bit(coded)
	}
	m.inner = m.blocks || m.coded != 0
	return used
}

// add notes that a block has coefficients, and returns how many are stored.
func (m *macroblock) add(i int, coded, big bool) int {
	if !coded {
		return 0
	}
	m.coded |= 1 << uint(i)
	m.big = m.big || big
	return 16
}

func bit(b bool) uint8 {
	if b {
		return 1
	}
	return 0
}

// inverseWHT transforms the DC values of 16 luma blocks (RFC 6386, section 14.3), and reports whether one exceeds
// large.
func inverseWHT(c *[16]int16) (big bool) {
	var m [16]int32
	for i := range 4 {
		a0, a1 := int32(c[i])+int32(c[12+i]), int32(c[4+i])+int32(c[8+i])
		a2, a3 := int32(c[4+i])-int32(c[8+i]), int32(c[i])-int32(c[12+i])
		m[i], m[4+i], m[8+i], m[12+i] = a0+a1, a3+a2, a0-a1, a3-a2
	}
	for i := 0; i < 16; i += 4 {
		row := [4]int32(m[i:])
		a0, a1 := row[0]+row[3]+3, row[1]+row[2]
		a2, a3 := row[1]-row[2], row[0]-row[3]+3
		for j, v := range [4]int32{a0 + a1, a3 + a2, a0 - a1, a3 - a2} {
			c[i+j] = int16(v >> 3)
			big = big || c[i+j] > large || c[i+j] < -large
		}
	}
	return big
}
