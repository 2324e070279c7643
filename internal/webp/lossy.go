package webp

import "image"

// lossy decodes a VP8 frame into a picture.
type lossy struct {
	frame  *frame
	planes *planes
	shrink int
	out    *image.YCbCr // in the coordinates of the reduced picture; Min is even
	needed int          // rows of macroblocks
	last   int          // macroblocks of a row that are filtered
	alpha  *alphaPlane  // nil if the picture is opaque
}

// decodeLossy decodes at least the region, in pixels of the picture at 1/(1<<shrink), and returns the picture and the
// number of its rows at full size that the data has. alpha is the chunk ALPH, nil if there is none.
func decodeLossy(f *frame, alpha []byte, region image.Rectangle, shrink int, pair bool) (m image.Image, rows int) {
	region = evenly(region).Intersect(image.Rectangle{Max: scaledSize(f.size, shrink)})
	d := &lossy{frame: f, planes: newPlanes(f.mbw), shrink: shrink}
	d.out = image.NewYCbCr(region, image.YCbCrSubsampleRatio420)
	end := min(region.Max.Y<<shrink, f.size.Y)
	if alpha != nil {
		d.alpha = newAlphaPlane(alpha, f.size, min((region.Max.Y+1)&^1<<shrink, f.size.Y)) // where chroma ends
		end = min(end, d.alpha.rows)
	}
	d.needed = (end + 15) / 16
	d.last = min((region.Max.X<<shrink+15)/16+1, f.mbw)
	toRead := d.needed
	if f.filtered {
		toRead = min(toRead+1, f.mbh) // the filter changes the rows above it
	}
	read := d.readAll(toRead, pair)
	if read > 0 {
		d.reduce(read-1, d.planes.slot)
	}
	rows = f.size.Y
	if read < toRead || end < min(region.Max.Y<<shrink, f.size.Y) {
		rows = min(16*read, end)
	}
	if d.alpha == nil || d.alpha.opaque() && rows == f.size.Y {
		return d.out, rows
	}
	out := &image.NYCbCrA{YCbCr: *d.out, AStride: region.Dx(), A: make([]uint8, region.Dx()*region.Dy())}
	for y := region.Min.Y; y < region.Max.Y; y++ {
		d.alpha.reduce(out.A[(y-region.Min.Y)*out.AStride:][:region.Dx()], region.Min.X, y<<shrink, shrink)
	}
	return out, rows
}

// evenly returns the rectangle with an even upper left corner, where a sample of chroma begins.
func evenly(r image.Rectangle) image.Rectangle {
	r.Min.X &^= 1
	r.Min.Y &^= 1
	return r
}

// scaledSize returns the size at 1/(1<<shrink), rounded up.
func scaledSize(size image.Point, shrink int) image.Point {
	round := 1<<shrink - 1
	return image.Pt((size.X+round)>>shrink, (size.Y+round)>>shrink)
}

// readAll decodes n rows of macroblocks, and returns the number of those that the data has.
func (d *lossy) readAll(n int, pair bool) (read int) {
	above := make([]context, d.frame.mbw)
	if pair {
		return d.readAhead(n, above)
	}
	row := newBlockRow(d.frame.mbw)
	for y := range n {
		if !d.frame.readRow(y, &row, above) {
			return y
		}
		d.finish(y, &row)
	}
	return n
}

// finish reconstructs and filters a row of macroblocks. The row above it, which the filter has changed for the last
// time, is reduced.
func (d *lossy) finish(y int, row *blockRow) {
	p := d.planes
	p.next()
	p.reconstruct(row, y == 0)
	p.keepAbove(d.frame.mbw)
	if d.frame.filtered {
		d.frame.filterRow(row.macroblocks[:d.last], p, y == 0)
	}
	if y > 0 {
		d.reduce(y-1, p.slot-1)
	}
}

// reduce reduces a row of macroblocks, which stands in a slot of the planes.
func (d *lossy) reduce(y, slot int) {
	if y >= d.needed {
		return
	}
	p, size := d.planes, d.frame.size
	chroma := image.Pt((size.X+1)/2, (size.Y+1)/2)
	at, out := d.out.Rect, d.out
	luma := span{pix: p.luma, stride: p.lumaStride, full: lumaRange}
	d.plane(&luma, slot, y, 16, size, at, out.Y, out.YStride)
	at = image.Rect(at.Min.X/2, at.Min.Y/2, (at.Max.X+1)/2, (at.Max.Y+1)/2)
	cb := span{pix: p.cb, stride: p.chromaStride, full: chromaRange}
	d.plane(&cb, slot, y, 8, chroma, at, out.Cb, out.CStride)
	cr := span{pix: p.cr, stride: p.chromaStride, full: chromaRange}
	d.plane(&cr, slot, y, 8, chroma, at, out.Cr, out.CStride)
}

// plane reduces the rows of one plane, tall of them in each row of macroblocks. size is that of the whole plane, and at
// the place of out in the reduced one.
func (d *lossy) plane(s *span, slot, y, tall int, size image.Point, at image.Rectangle, out []uint8, stride int) {
	held, base := s.pix, slot*tall*s.stride+margin
	s.shrink, s.width = d.shrink, size.X-at.Min.X<<d.shrink
	for first := 0; first < tall && y*tall+first < size.Y; first += 1 << d.shrink {
		row := (y*tall+first)>>d.shrink - at.Min.Y
		if row < 0 || row >= at.Dy() {
			continue
		}
		s.rows = min(1<<d.shrink, size.Y-y*tall-first)
		s.pix = held[base+first*s.stride+at.Min.X<<d.shrink:]
		line := out[row*stride:][:at.Dx()]
		s.row(line)
		if d.alpha != nil {
			each := 16 / tall
			d.alpha.weigh(s, line, each*at.Min.X<<d.shrink, each*(y*tall+first), each)
		}
	}
}
