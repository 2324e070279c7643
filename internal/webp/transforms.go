package webp

import "newsroom.example/cards/internal/simd"

// Kinds of transforms (RFC 9649, section 3.5).
const (
	predicting = iota
	crossColour
	subtractingGreen
	indexing
)

// transform is the inverse of a transform. It changes rows in their order.
type transform struct {
	kind  int
	bits  uint     // of a tile's side, or of the pixels in a packed one
	width int      // of its result
	tiles []uint32 // parameters, or the colours of an index, 256
	wide  int      // tiles in a row
	above []uint32 // the last result, and its first pixel again; of predicting
	y     int
}

// readTransforms reads the transforms of a picture, and returns the width of what is coded.
func (b *bitReader) readTransforms(width, height int) (list []transform, coded int, err error) {
	seen := 0
	for b.flag() {
		t := transform{kind: int(b.read(2)), width: width}
		if seen>>t.kind&1 != 0 {
			return nil, 0, errVP8L
		}
		seen |= 1 << t.kind
		switch t.kind {
		case predicting, crossColour:
			t.bits = uint(2 + b.read(3))
			t.wide = tilesOf(width, t.bits)
			t.tiles, err = b.readPixels(t.wide, tilesOf(height, t.bits))
			if t.kind == predicting {
				t.above = make([]uint32, width+1)
			}
		case indexing:
			colours := 1 + int(b.read(8))
			t.bits = packing(colours)
			t.tiles, err = b.readColours(colours)
			width = tilesOf(width, t.bits)
		}
		if err != nil {
			return nil, 0, err
		}
		list = append(list, t)
		if b.exhausted() {
			return nil, 0, errShort
		}
	}
	return list, width, nil
}

// packing returns the number of bits of the count of indices in a pixel.
func packing(colours int) uint {
	switch {
	case colours <= 2:
		return 3
	case colours <= 4:
		return 2
	case colours <= 16:
		return 1
	}
	return 0
}

// readColours reads the colours of an index, each of them as the difference from the one before. Those that do not
// exist are transparent.
func (b *bitReader) readColours(n int) ([]uint32, error) {
	pix, err := b.readPixels(n, 1)
	if err != nil {
		return nil, err
	}
	out := make([]uint32, 256)
	last := uint32(0)
	for i, v := range pix {
		last = addPixels(last, v)
		out[i] = last
	}
	return out, nil
}

// addPixels adds the channels of two pixels.
func addPixels(a, b uint32) uint32 {
	const even = 0x00ff00ff
	return (a&^even+b&^even)&^even | (a&even+b&even)&even
}

// apply undoes the transform for the next row, in place. row has the width of the result; an index's packed pixels
// stand at its end.
func (t *transform) apply(row []uint32) {
	switch t.kind {
	case predicting:
		t.predict(row)
	case crossColour:
		t.crossColour(row)
	case subtractingGreen:
		addGreen(row)
	default:
		t.index(row)
	}
	t.y++
}

// index replaces indices by colours.
func (t *transform) index(row []uint32) {
	packed := row[len(row)-tilesOf(len(row), t.bits):]
	width := uint(8) >> t.bits
	mask, each := uint32(1)<<width-1, 1<<t.bits-1
	v, at := uint32(0), 0
	for i := range row {
		if i&each == 0 {
			v = packed[at] >> 8 & 0xff
			at++
		}
		row[i] = t.tiles[v&mask&255]
		v >>= width
	}
}

// crossColour adds to red and blue what green and red predict (RFC 9649, section 3.5.2).
func (t *transform) crossColour(row []uint32) {
	tiles := t.tiles[t.y>>t.bits*t.wide:]
	for tile := 0; tile<<t.bits < len(row); tile++ {
		m := tiles[tile]
		greenToRed, greenToBlue, redToBlue := int32(int8(m)), int32(int8(m>>8)), int32(int8(m>>16))
		part := row[tile<<t.bits : min(len(row), (tile+1)<<t.bits)]
		if n := len(part) / 8; n > 0 && simd.AVX2 {
			ofGreen := uint32(uint16(8*greenToRed))<<16 | uint32(uint16(8*greenToBlue))
			crossColourAVX2(&part[0], n, ofGreen, uint32(uint16(8*redToBlue))<<16)
			part = part[8*n:]
		}
		crossColours(part, greenToRed, greenToBlue, redToBlue)
	}
}

func crossColours(pix []uint32, greenToRed, greenToBlue, redToBlue int32) {
	for i, v := range pix {
		green := int32(int8(v >> 8))
		red := v>>16&0xff + uint32(greenToRed*green>>5)
		blue := v&0xff + uint32(greenToBlue*green>>5) + uint32(redToBlue*int32(int8(red))>>5)
		pix[i] = v&0xff00ff00 | red&0xff<<16 | blue&0xff
	}
}

// addGreen adds green to red and blue (RFC 9649, section 3.5.3).
func addGreen(row []uint32) {
	if n := len(row) / 8; n > 0 && simd.AVX2 {
		addGreenAVX2(&row[0], n)
		row = row[8*n:]
	}
	addGreens(row)
}

func addGreens(pix []uint32) {
	for i, v := range pix {
		green := v >> 8 & 0xff
		pix[i] = v&0xff00ff00 | (v&0x00ff00ff+green<<16+green)&0x00ff00ff
	}
}
