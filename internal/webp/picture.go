package webp

import (
	"image"
	"unsafe"
)

// MaxShrink is the largest shrink: 1/8 of the size.
const MaxShrink = 3

// Size returns the size in pixels; of an animation, that of the canvas.
func (p *Picture) Size() image.Point { return p.canvas }

// Scaled returns the size at 1/(1<<shrink), rounded up.
func (p *Picture) Scaled(shrink int) image.Point { return scaledSize(p.canvas, shrink) }

// framed reports whether the frame is smaller than the canvas.
func (p *Picture) framed() bool { return p.size != p.canvas }

// Transparent reports whether the picture may have transparent parts.
func (p *Picture) Transparent() bool { return p.alpha != nil || p.mayClear || p.framed() }

// Truncated reports whether the file ends before its picture does.
func (p *Picture) Truncated() bool { return !p.whole }

// Share returns the number of bytes of the picture that the file has, and how many it says that there are.
func (p *Picture) Share() (there, said int64) { return int64(len(p.data)), p.said }

// Bytes returns the memory that Decode takes at most, in bytes.
func (p *Picture) Bytes(region image.Rectangle, shrink int) int64 {
	if p.framed() {
		whole := image.Rectangle{Max: p.size}
		return 4*area(whole.Size()) + 8*area(p.canvas)>>(2*shrink) + p.bytes(whole, 0)
	}
	return p.bytes(region, shrink)
}

func (p *Picture) bytes(region image.Rectangle, shrink int) int64 {
	region = evenly(region).Intersect(image.Rectangle{Max: scaledSize(p.size, shrink)})
	if !p.lossy {
		return 4*area(region.Size()) + losslessBytes(p.size) + 16*int64(region.Dx())<<(2*shrink)
	}
	mbw := int64(p.size.X+15) / 16
	n := 2*area(region.Size()) + planeBytes(int(mbw)) + partitionBytes
	n += rowsAhead * mbw * (24*32 + int64(unsafe.Sizeof(macroblock{})))
	n += mbw * int64(unsafe.Sizeof(context{})+unsafe.Sizeof(edgeModes{}))
	if p.alpha != nil {
		n += area(region.Size()) + 32*int64(p.size.X) + losslessBytes(p.size)
	}
	return n
}

// partitionBytes is the memory of the ends of all partitions, and of the header.
const partitionBytes = 9*4*slack + int64(unsafe.Sizeof(frame{}))

// losslessBytes is the memory for decoding a VP8L picture, without the result: pixels that can be copied, the tiles of
// two transforms and of the codes (at most one for four pixels a side), the codes, and rows.
func losslessBytes(size image.Point) int64 {
	pixels := area(size)
	tiles := 4 * int64(tilesOf(size.X, 2)) * int64(tilesOf(size.Y, 2))
	codes, rows := min(4*maxEntries, 64*pixels), 4*(rowsAhead*rowsTogether+4)*int64(size.X)
	return 4*int64(heldPixels(int(pixels), size.X)) + 3*tiles + codes + rows + 64<<10
}

func area(size image.Point) int64 { return int64(size.X) * int64(size.Y) }

// Decode decodes at least the region, in pixels of the picture at 1/(1<<shrink), on a second goroutine too if pair is
// set. The bounds of the result are in these pixels. Each is the mean of a box of pixels, in which colours count as
// much as they are opaque. The result is *image.YCbCr or *image.NYCbCrA, with 4:2:0 and full range, *image.RGBA, which
// is opaque, or *image.NRGBA.
//
// rows is the number of rows at full size that the file has, the height if it is complete. The error is ErrIncomplete
// if the file ends before the first of them; any other error means that the file is invalid.
func (p *Picture) Decode(region image.Rectangle, shrink int, pair bool) (img image.Image, rows int, err error) {
	if p.framed() {
		return p.decodeFramed(shrink, pair)
	}
	return p.decode(region, shrink, pair)
}

// decode decodes the frame.
func (p *Picture) decode(region image.Rectangle, shrink int, pair bool) (img image.Image, rows int, err error) {
	if p.lossy {
		f, err := readFrame(p.data, p.whole)
		if err != nil {
			return nil, 0, err
		}
		img, rows = decodeLossy(f, p.alpha, region, shrink, pair)
	} else {
		img, rows = decodeLossless(p.data[losslessHeader:], p.size, region, shrink, pair)
	}
	switch {
	case rows > 0:
		return img, rows, nil
	case p.whole:
		return nil, 0, errContainer
	}
	return nil, 0, ErrIncomplete
}

// decodeFramed decodes a frame that is smaller than its canvas, whose other parts are transparent.
func (p *Picture) decodeFramed(shrink int, pair bool) (image.Image, int, error) {
	frame, rows, err := p.decode(image.Rectangle{Max: p.size}, 0, pair)
	if err != nil {
		return nil, 0, err
	}
	if rows += p.at.Y; rows >= p.at.Y+p.size.Y {
		rows = p.canvas.Y
	}
	out := image.NewNRGBA(image.Rectangle{Max: p.Scaled(shrink)})
	r := newPixelReducer(out, p.canvas, shrink)
	line := make([]uint32, p.canvas.X)
	for y := range p.canvas.Y {
		clear(line)
		if y >= p.at.Y && y < min(rows, p.at.Y+p.size.Y) {
			pixelsOf(frame, y-p.at.Y, line[p.at.X:p.at.X+p.size.X])
		}
		r.add(line)
	}
	return out, rows, nil
}

// pixelsOf sets line to a row of a picture that decode returned.
func pixelsOf(m image.Image, y int, line []uint32) {
	rgba, isRGBA := m.(*image.RGBA)
	nrgba, isNRGBA := m.(*image.NRGBA)
	for x := range line {
		var p []uint8
		switch {
		case isRGBA:
			p = rgba.Pix[rgba.PixOffset(x, y):]
		case isNRGBA:
			p = nrgba.Pix[nrgba.PixOffset(x, y):]
		default:
			line[x] = pixelOf(m, x, y)
			continue
		}
		line[x] = uint32(p[3])<<24 | uint32(p[0])<<16 | uint32(p[1])<<8 | uint32(p[2])
	}
}
