package webp

import "image"

// lossy decodes a VP8 frame into a picture.
type lossy struct {
	frame  *frame
	planes *planes
	shrink int
	out    *image.NYCbCrA // in the coordinates of the reduced picture; Min is even
	needed int            // rows of macroblocks
	last   int            // macroblocks of a row that are filtered
	alpha  *alphaBand     // nil if the picture is opaque
}

// decodeLossy decodes at least the region, in pixels of the picture at 1/(1<<shrink), and returns the picture and the
// number of its rows at full size that the data has. alpha is the chunk ALPH, nil if there is none.
func decodeLossy(f *frame, alpha []byte, region image.Rectangle, shrink int, pair bool) (m image.Image, rows int) {
	region = evenly(region).Intersect(image.Rectangle{Max: scaledSize(f.size, shrink)})
	d := &lossy{frame: f, planes: newPlanes(f.mbw), shrink: shrink}
	d.out = &image.NYCbCrA{YCbCr: *image.NewYCbCr(region, image.YCbCrSubsampleRatio420)}
	if alpha != nil {
		d.alpha = newAlphaBand(alpha, f.size)
		d.out.A, d.out.AStride = make([]uint8, region.Dx()*region.Dy()), region.Dx()
	}
	end := min(region.Max.Y<<shrink, f.size.Y)
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
	if d.alpha != nil && d.alpha.reader.rows < end {
		rows = min(16*read, d.alpha.reader.rows)
	} else if read < toRead {
		rows = min(16*read, rows)
	}
	if d.alpha == nil || !d.alpha.clear && rows == f.size.Y {
		return &d.out.YCbCr, rows
	}
	return d.out, rows
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
	if pair {
		return d.readAhead(n)
	}
	f := d.frame
	modes, above, row := make([]edgeModes, f.mbw), make([]context, f.mbw), newBlockRow(f.mbw)
	for y := range n {
		if !f.readModeRow(&row, modes) || !f.readResidueRow(y, &row, above) {
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
	if d.alpha != nil {
		d.reduceAlpha(y)
	}
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
		switch a := d.alpha; {
		case a == nil || a.opaque:
		case tall == 16:
			weigh(s, line, a.pix[first*a.size.X+at.Min.X<<d.shrink:], a.size.X)
		default:
			weigh(s, line, a.halves[first*size.X+at.Min.X<<d.shrink:], size.X)
		}
	}
}

// reduceAlpha reads and reduces the alpha of a row of macroblocks, which is the next one.
func (d *lossy) reduceAlpha(y int) {
	d.alpha.next()
	at := d.out.Rect
	for first := 0; first < 16 && y*16+first < d.frame.size.Y; first += 1 << d.shrink {
		if row := (y*16+first)>>d.shrink - at.Min.Y; row >= 0 && row < at.Dy() {
			rows := min(1<<d.shrink, d.frame.size.Y-y*16-first)
			d.alpha.reduce(d.out.A[row*d.out.AStride:][:at.Dx()], at.Min.X, first, rows, d.shrink)
		}
	}
}
