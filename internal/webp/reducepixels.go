package webp

import "image"

// pixelReducer reduces rows of ARGB pixels to the part of a picture that out is, as they come. A pixel is the mean of a
// box, in which colours count as much as they are opaque.
type pixelReducer struct {
	out    *image.NRGBA
	size   image.Point // of the whole picture, at full size
	shrink int
	y      int         // of the next row
	sums   [][4]uint32 // blue, green, red and alpha, of the boxes of a row that is not complete
	opaque bool        // all pixels so far
}

func newPixelReducer(out *image.NRGBA, size image.Point, shrink int) *pixelReducer {
	r := &pixelReducer{out: out, size: size, shrink: shrink, opaque: true}
	if shrink > 0 {
		r.sums = make([][4]uint32, out.Rect.Dx())
	}
	return r
}

// add adds the next row.
func (r *pixelReducer) add(row []uint32) {
	y := r.y
	r.y++
	at := y>>r.shrink - r.out.Rect.Min.Y
	if at < 0 || at >= r.out.Rect.Dy() {
		return
	}
	row = row[r.out.Rect.Min.X<<r.shrink : min(len(row), r.out.Rect.Max.X<<r.shrink)]
	if r.shrink == 0 {
		r.copy(at, row)
		return
	}
	all := uint32(0xff000000)
	for _, v := range row {
		all &= v
	}
	if all == 0xff000000 {
		r.sumOpaque(row)
	} else {
		r.opaque = false
		r.sumClear(row)
	}
	if last := 1<<r.shrink - 1; y&last == last || y == r.size.Y-1 {
		r.write(at, y&last+1)
	}
}

// finish writes the boxes of which the picture has not all rows, because the data ends.
func (r *pixelReducer) finish() {
	if rows := r.y & (1<<r.shrink - 1); rows > 0 && r.y < r.size.Y {
		if at := r.y>>r.shrink - r.out.Rect.Min.Y; at >= 0 && at < r.out.Rect.Dy() {
			r.write(at, rows)
		}
	}
}

func (r *pixelReducer) copy(at int, row []uint32) {
	out := r.out.Pix[at*r.out.Stride:][:4*len(row)]
	all := uint32(0xff000000)
	for i, v := range row {
		all &= v
		p := out[4*i : 4*i+4 : 4*i+4]
		p[0], p[1], p[2], p[3] = uint8(v>>16), uint8(v>>8), uint8(v), uint8(v>>24)
	}
	r.opaque = r.opaque && all == 0xff000000
}

// sumOpaque adds pixels to the sums of their boxes. The weight of a channel is 255, as in sumClear.
func (r *pixelReducer) sumOpaque(row []uint32) {
	side := 1 << r.shrink
	for i := range r.sums {
		var br, g, n uint32
		for _, v := range row[i*side : min(len(row), (i+1)*side)] {
			br += v & 0x00ff00ff
			g += v >> 8 & 0xff
			n += 255
		}
		s := &r.sums[i]
		s[0], s[1], s[2], s[3] = s[0]+255*(br&0xffff), s[1]+255*g, s[2]+255*(br>>16), s[3]+n
	}
}

func (r *pixelReducer) sumClear(row []uint32) {
	side := 1 << r.shrink
	for i := range r.sums {
		s := &r.sums[i]
		for _, v := range row[i*side : min(len(row), (i+1)*side)] {
			a := v >> 24
			s[0], s[1], s[2], s[3] = s[0]+a*(v&0xff), s[1]+a*(v>>8&0xff), s[2]+a*(v>>16&0xff), s[3]+a
		}
	}
}

// write writes the means of the boxes, which have so many rows, and clears the sums.
func (r *pixelReducer) write(at, rows int) {
	out := r.out.Pix[at*r.out.Stride:]
	side := 1 << r.shrink
	for i := range r.sums {
		s, p := &r.sums[i], out[4*i:4*i+4:4*i+4]
		wide := min(side, r.size.X-(r.out.Rect.Min.X+i)*side)
		if a := s[3]; a > 0 {
			n := uint32(wide * rows)
			p[0], p[1], p[2] = uint8((s[2]+a/2)/a), uint8((s[1]+a/2)/a), uint8((s[0]+a/2)/a)
			p[3] = uint8((a + n/2) / n)
		}
		*s = [4]uint32{}
	}
}
