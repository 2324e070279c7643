package webp

import (
	"encoding/binary"
	"math/bits"
)

// reconstruct predicts a row of macroblocks and adds what was coded (RFC 6386, section 14.5).
func (p *planes) reconstruct(row *blockRow, top bool) {
	coeffs := row.coeffs
	for x := range row.macroblocks {
		m := &row.macroblocks[x]
		if m.blocks {
			coeffs = coeffs[p.lumaBlocks(m, x, coeffs):]
		} else {
			coeffs = coeffs[p.lumaSquare(m, x, coeffs, top):]
		}
		at := p.c + 8*x
		above := margin + 8*x
		predictSquare(m.chroma, p.cb, at, p.chromaStride, 8, p.aboveCb[above:above+8], p.aboveCb[above-1], top, x == 0)
		predictSquare(m.chroma, p.cr, at, p.chromaStride, 8, p.aboveCr[above:above+8], p.aboveCr[above-1], top, x == 0)
		coeffs = coeffs[p.addChroma(m, p.cb, at, m.coded>>16&15, coeffs):]
		coeffs = coeffs[p.addChroma(m, p.cr, at, m.coded>>20, coeffs):]
	}
}

func (p *planes) lumaSquare(m *macroblock, x int, coeffs []int16, top bool) (used int) {
	at, above := p.y+16*x, margin+16*x
	predictSquare(m.luma, p.luma, at, p.lumaStride, 16, p.aboveY[above:above+16], p.aboveY[above-1], top, x == 0)
	for left := m.coded & 0xffff; left != 0; left &= left - 1 {
		i := bits.TrailingZeros32(left)
		addInverse(p.luma, at+i>>2*4*p.lumaStride+i&3*4, p.lumaStride, (*[16]int16)(coeffs[used:]), m.big)
		used += 16
	}
	return used
}

// lumaBlocks predicts each 4x4 block from the blocks before it. The blocks on the right use the same samples above the
// next macroblock, whatever their row.
func (p *planes) lumaBlocks(m *macroblock, x int, coeffs []int16) (used int) {
	stride := p.lumaStride
	beyond := uint64(binary.LittleEndian.Uint32(p.aboveY[margin+16*x+16:])) << 32
	for i := range 16 {
		at := p.y + 16*x + i>>2*4*stride + i&3*4
		line, from := p.luma, at-stride
		if i < 4 {
			line, from = p.aboveY, margin+16*x+4*i
		}
		above, corner := binary.LittleEndian.Uint64(line[from:]), line[from-1]
		if i&3 == 3 {
			above = above&(1<<32-1) | beyond
		}
		pix := p.luma[at-1 : at+3*stride+4]
		left := uint32(pix[3*stride]) | uint32(pix[2*stride])<<8 | uint32(pix[stride])<<16 | uint32(pix[0])<<24
		rows := edgeOf(above, corner, left).predict4(m.modes[i])
		binary.LittleEndian.PutUint32(pix[1:], rows[0])
		binary.LittleEndian.PutUint32(pix[1+stride:], rows[1])
		binary.LittleEndian.PutUint32(pix[1+2*stride:], rows[2])
		binary.LittleEndian.PutUint32(pix[1+3*stride:], rows[3])
		if m.coded>>uint(i)&1 != 0 {
			addInverse(p.luma, at, stride, (*[16]int16)(coeffs[used:]), m.big)
			used += 16
		}
	}
	return used
}

func (p *planes) addChroma(m *macroblock, plane []uint8, at int, coded uint32, coeffs []int16) (used int) {
	for ; coded != 0; coded &= coded - 1 {
		i := bits.TrailingZeros32(coded)
		addInverse(plane, at+i>>1*4*p.chromaStride+i&1*4, p.chromaStride, (*[16]int16)(coeffs[used:]), m.big)
		used += 16
	}
	return used
}
