package webp

// Eight samples in a word are averaged at once. All 4x4 modes but two are averages of neighbours along the block's
// edge, which begins at the lower left and ends at the upper right.

const lowBits = 0x0101010101010101

// mean returns the means of the bytes of two words, rounded up.
func mean(a, b uint64) uint64 { return (a | b) - ((a^b)&^lowBits)>>1 }

// smooth returns (a + 2b + c + 2) / 4 for each byte: the mean of b and the mean of a and c, rounded down.
func smooth(a, b, c uint64) uint64 { return mean(a&c+((a^c)&^lowBits)>>1, b) }

// edge4 is the edge of a 4x4 block, sixteen samples in two words, the first one in the lowest byte: the left column
// from below, whose last sample comes twice, the corner, and eight samples of the row above, whose last one comes
// twice.
type edge4 struct{ lower, upper uint64 }

// edgeOf returns an edge. left has the column from below.
func edgeOf(above uint64, corner uint8, left uint32) edge4 {
	return edge4{
		lower: uint64(left&0xff) | uint64(left)<<8 | uint64(corner)<<40 | above<<48,
		upper: above>>16 | above>>56<<48,
	}
}

// from returns eight samples, from one of the first eight on.
func (e edge4) from(at uint) uint64 {
	return e.lower>>(8*at&63) | e.upper<<(64-8*at)
}

// predict4 returns the rows of a 4x4 block (RFC 6386, section 12.3), the first sample in the lowest byte.
func (e edge4) predict4(mode uint8) (rows [4]uint32) {
	switch mode {
	case modeDC:
		const even = 0x00ff00ff00ff00ff
		all := e.lower>>8&0xffffffff | e.from(6)<<32
		sum := all&even + all>>8&even
		sum += sum >> 32
		row := uint32(sum+sum>>16+4) & 0xffff >> 3 * 0x01010101
		return [4]uint32{row, row, row, row}
	case modeTM:
		return e.motion()
	case modeV:
		row := uint32(smooth(e.from(5), e.from(6), e.from(7)))
		return [4]uint32{row, row, row, row}
	case modeLD:
		s := smooth(e.from(5), e.from(6), e.from(7))
		return [4]uint32{uint32(s >> 8), uint32(s >> 16), uint32(s >> 24), uint32(s >> 32)}
	case modeVL:
		m, s := mean(e.from(6), e.from(7)), smooth(e.from(5), e.from(6), e.from(7))
		return [4]uint32{
			uint32(m), uint32(s >> 8), uint32(m>>8)&0xffffff | uint32(s>>40)<<24,
			uint32(s>>16)&0xffffff | uint32(s>>48)<<24,
		}
	}
	return e.fromLeft(mode)
}

// fromLeft does the modes that use the left column.
func (e edge4) fromLeft(mode uint8) (rows [4]uint32) {
	m, s := mean(e.from(1), e.from(2)), smooth(e.from(0), e.from(1), e.from(2))
	switch mode {
	case modeH:
		for y := range 4 {
			rows[y] = uint32(uint8(s>>uint(24-8*y))) * 0x01010101
		}
		return rows
	case modeRD:
		return [4]uint32{uint32(s >> 32), uint32(s >> 24), uint32(s >> 16), uint32(s >> 8)}
	case modeVR:
		upper, lower := uint32(m>>32), uint32(s>>32)
		return [4]uint32{upper, lower, upper<<8 | uint32(uint8(s>>24)), lower<<8 | uint32(uint8(s>>16))}
	case modeHD:
		mixed := uint64(0)
		for i := range 4 {
			mixed |= (m>>uint(8*i)&0xff | s>>uint(8*i+8)&0xff<<8) << uint(16*i)
		}
		return [4]uint32{
			uint32(mixed>>48) | uint32(s>>40)<<16, uint32(mixed >> 32), uint32(mixed >> 16), uint32(mixed),
		}
	}
	// modeHU: from the upper left down, then the last sample.
	last := e.lower & 0xff
	mixed := m>>16&0xff | s>>16&0xff<<8 | m>>8&0xff<<16 | s>>8&0xff<<24 | m&0xff<<32 | s&0xff<<40 | last<<48 | last<<56
	return [4]uint32{uint32(mixed), uint32(mixed >> 16), uint32(mixed >> 32), uint32(last) * 0x01010101}
}

// motion is the TrueMotion mode: the sample above and that on the left, minus the corner.
func (e edge4) motion() (rows [4]uint32) {
	above := uint32(e.from(6))
	a, b, c, d := int(above&0xff), int(above>>8&0xff), int(above>>16&0xff), int(above>>24)
	corner := int(e.lower>>40&0xff) - clampOffset
	for y := range 4 {
		base := int(e.lower>>(32-8*y)&0xff) - corner
		rows[y] = uint32(clamps[base+a]) | uint32(clamps[base+b])<<8 | uint32(clamps[base+c])<<16 | uint32(clamps[base+d])<<24
	}
	return rows
}

const clampOffset = 255

// clamps clamps values from -clampOffset on to samples.
var clamps = func() (table [clampOffset + 256 + 255]uint8) {
	for i := range table {
		table[i] = clamped(int32(i - clampOffset))
	}
	return table
}()

func clamped(v int32) uint8 { return uint8(max(0, min(v, 255))) }
