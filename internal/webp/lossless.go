package webp

import (
	"fmt"
	"image"
)

// lossless decodes the rows of a VP8L picture, with all transforms undone.
type lossless struct {
	size       image.Point
	source     *pixelSource
	transforms []transform
	buffer     []uint32 // a row
}

const losslessHeader = 5 // bytes (RFC 9649, section 3.4)

// sizeOfVP8L returns the size that the header says, and whether it says that there is an alpha channel.
func sizeOfVP8L(data []byte) (size image.Point, alpha bool, err error) {
	if len(data) < losslessHeader {
		return size, false, errShort
	}
	b := bitReader{data: data}
	if b.read(8) != 0x2f {
		return size, false, fmt.Errorf("%w: no signature", errVP8L)
	}
	size = image.Pt(int(b.read(14))+1, int(b.read(14))+1)
	alpha = b.flag()
	if b.read(3) != 0 {
		return size, false, fmt.Errorf("%w: unknown version", errVP8L)
	}
	return size, alpha, nil
}

// newLossless reads what stands before the pixels. data begins after the header.
func newLossless(data []byte, size image.Point) (*lossless, error) {
	b := &bitReader{data: data}
	d := &lossless{size: size, buffer: make([]uint32, size.X)}
	var coded int
	var err error
	if d.transforms, coded, err = b.readTransforms(size.X, size.Y); err != nil {
		return nil, err
	}
	d.source, err = newPixelSource(b, new(tables), coded, size.Y, true)
	return d, err
}

// row returns the next row. It is valid until the next call.
func (d *lossless) row() ([]uint32, error) {
	coded, err := d.source.row()
	if err != nil {
		return nil, err
	}
	return d.undo(coded), nil
}

// undo undoes the transforms of a row, in a buffer.
func (d *lossless) undo(coded []uint32) []uint32 {
	copy(d.buffer[len(d.buffer)-len(coded):], coded)
	for i := len(d.transforms) - 1; i >= 0; i-- {
		t := &d.transforms[i]
		t.apply(d.buffer[len(d.buffer)-t.width:])
	}
	return d.buffer
}

// decodeLossless decodes at least the region, in pixels of the picture at 1/(1<<shrink), and returns the picture and
// the number of its rows at full size that the data has. The picture is *image.RGBA if it is opaque, and otherwise
// *image.NRGBA.
func decodeLossless(data []byte, size image.Point, region image.Rectangle, shrink int, pair bool) (image.Image, int) {
	region = region.Intersect(image.Rectangle{Max: scaledSize(size, shrink)})
	out := image.NewNRGBA(region)
	d, err := newLossless(data, size)
	if err != nil {
		return out, 0
	}
	r := newPixelReducer(out, size, shrink)
	needed := min(region.Max.Y<<shrink, size.Y)
	rows := 0
	d.each(needed, pair, func(row []uint32) {
		r.add(row)
		rows++
	})
	r.finish()
	if rows == needed {
		rows = size.Y
	}
	if r.opaque && rows == size.Y {
		return &image.RGBA{Pix: out.Pix, Stride: out.Stride, Rect: out.Rect}, rows
	}
	return out, rows
}

// each calls use with each of the first n rows that the data has.
func (d *lossless) each(n int, pair bool, use func(row []uint32)) {
	if pair {
		d.eachAhead(n, use)
		return
	}
	for range n {
		row, err := d.row()
		if err != nil {
			return
		}
		use(row)
	}
}
