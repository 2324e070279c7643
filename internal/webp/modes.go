package webp

// Modes of 16x16 luma and of chroma, and the first of 4x4 luma blocks.
const (
	modeDC = iota
	modeTM
	modeV
	modeH
)

// Modes of 4x4 luma blocks only (RFC 6386, section 11.2).
const (
	modeRD = iota + 4
	modeVR
	modeLD
	modeVL
	modeHD
	modeHU
)

// macroblock is what the bitstream says of 16x16 pixels.
type macroblock struct {
	coded   uint32    // a bit for each of 16 luma and 8 chroma blocks that has coefficients
	blocks  bool      // luma is predicted in blocks of 4x4
	big     bool      // a coefficient exceeds large
	filter  uint8     // index of the limits of the loop filter: twice the segment, plus 1 for blocks of 4x4
	inner   bool      // the loop filter includes the edges of blocks
	luma    uint8     // mode of 16x16
	chroma  uint8     // mode
	modes   [16]uint8 // of 4x4 blocks
	segment uint8
	skipped bool // it has no coefficients
}

// edgeModes are the modes of a macroblock's blocks at the edge to the one below it or on its right.
type edgeModes [4]uint8

// readModeRow reads the modes of the next row of macroblocks. It returns false if the data does not have all of them.
func (f *frame) readModeRow(row *blockRow, above []edgeModes) bool {
	var left edgeModes
	for x := range row.macroblocks {
		f.readModes(&row.macroblocks[x], &above[x], &left)
		if f.modes.exhausted() {
			return false
		}
	}
	return true
}

// readModes reads how a macroblock is predicted (RFC 6386, sections 10 and 11).
func (f *frame) readModes(m *macroblock, above, left *edgeModes) {
	b := &f.modes
	b.nearEnd()
	m.segment = 0
	if f.mapped {
		upper := b.read(f.segments[0])
		m.segment = uint8(2*upper + b.read(f.segments[1+upper]))
	}
	m.skipped = f.skips && b.read(f.skipProb) == 1
	m.blocks = b.read(145) == 0
	if m.blocks {
		b.blockModes(m, above, left)
	} else {
		m.luma = b.lumaMode()
		for i := range 4 {
			above[i], left[i] = m.luma, m.luma
		}
	}
	m.chroma = b.chromaMode()
}

func (b *bools) lumaMode() uint8 {
	if b.read(156) == 0 {
		if b.read(163) == 0 {
			return modeDC
		}
		return modeV
	}
	if b.read(128) == 0 {
		return modeH
	}
	return modeTM
}

func (b *bools) chromaMode() uint8 {
	switch {
	case b.read(142) == 0:
		return modeDC
	case b.read(114) == 0:
		return modeV
	case b.read(183) == 0:
		return modeH
	}
	return modeTM
}

// modeTable has modeProbs as the vector version uses them.
var modeTable = func() (table [10][10][12]prob) {
	for above := range modeProbs {
		for left := range modeProbs[above] {
			for i, p := range modeProbs[above][left] {
				table[above][left][i] = probOf(p)
			}
		}
	}
	return table
}()

// blockModes reads the modes of 4x4 blocks. A mode of 16x16 counts as the same mode of its blocks.
func (b *bools) blockModes(m *macroblock, above, left *edgeModes) {
	if vectors {
		_ = b.data[b.at+slack]
		blockModesAVX2(b, &modeTable, (*[4]uint8)(above), (*[4]uint8)(left), &m.modes)
		return
	}
	b.blockModesGo(m, above, left)
}

func (b *bools) blockModesGo(m *macroblock, above, left *edgeModes) {
	for y := range 4 {
		mode := left[y]
		for x := range 4 {
			mode = b.blockMode(&modeProbs[above[x]][mode])
			above[x] = mode
			m.modes[4*y+x] = mode
		}
		left[y] = mode
	}
}

// blockMode reads the mode of a 4x4 block. At most eight booleans are read after the window is filled.
func (b *bools) blockMode(p *[9]uint8) uint8 {
	b.fill()
	switch {
	case b.bit(p[0]) == 0:
		return modeDC
	case b.bit(p[1]) == 0:
		return modeTM
	case b.bit(p[2]) == 0:
		return modeV
	case b.bit(p[3]) == 0:
		switch {
		case b.bit(p[4]) == 0:
			return modeH
		case b.bit(p[5]) == 0:
			return modeRD
		}
		return modeVR
	case b.bit(p[6]) == 0:
		return modeLD
	case b.bit(p[7]) == 0:
		return modeVL
	case b.bit(p[8]) == 0:
		return modeHD
	}
	return modeHU
}
