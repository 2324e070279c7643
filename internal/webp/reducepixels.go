package webp

import (
	"encoding/binary"
	"image"
)

// pixelReducer reduces rows of ARGB pixels to the part of a picture that out is, as they come. A pixel is the mean of a
// box, in which colours count as much as they are opaque.
type pixelReducer struct {
	out    *image.NRGBA
	size   image.Point // of the whole picture, at full size
	shrink int
	y      int        // of the next row
	rows   [][]uint32 // of the boxes that are not complete
	held   int        // rows
	clear  bool       // one of them is not opaque
	opaque bool       // all rows so far are
}

func newPixelReducer(out *image.NRGBA, size image.Point, shrink int) *pixelReducer {
	r := &pixelReducer{out: out, size: size, shrink: shrink, opaque: true}
	for range 1 << shrink {
		r.rows = append(r.rows, make([]uint32, out.Rect.Dx()<<shrink))
	}
	return r
}

// add adds the next row.
func (r *pixelReducer) add(row []uint32) {
	y := r.y
	r.y++
	if at := y >> r.shrink; at < r.out.Rect.Min.Y || at >= r.out.Rect.Max.Y {
		return
	}
	row = row[r.out.Rect.Min.X<<r.shrink : min(len(row), r.out.Rect.Max.X<<r.shrink)]
	all := uint32(0xff000000)
	for _, v := range row {
		all &= v
	}
	r.clear = r.clear || all != 0xff000000
	copy(r.rows[r.held], row)
	r.held++
	if last := 1<<r.shrink - 1; y&last == last || y == r.size.Y-1 {
		r.write(y >> r.shrink)
	}
}

// finish writes the boxes of which the picture has not all rows, because the data ends.
func (r *pixelReducer) finish() {
	if r.held > 0 {
		r.write(r.y >> r.shrink)
	}
}

// write writes the means of a row of boxes.
func (r *pixelReducer) write(y int) {
	out := r.out.Pix[(y-r.out.Rect.Min.Y)*r.out.Stride:][:4*r.out.Rect.Dx()]
	whole := 0
	if r.held == 1<<r.shrink && !r.clear {
		whole = min(r.out.Rect.Dx(), r.size.X>>r.shrink-r.out.Rect.Min.X)
		if r.shrink == 1 {
			meansOfFour(out[:4*max(0, whole)], r.rows[0], r.rows[1])
		} else {
			r.means(out[:4*max(0, whole)])
		}
	}
	for i := max(0, whole); i < r.out.Rect.Dx(); i++ {
		binary.LittleEndian.PutUint32(out[4*i:], r.box(i))
	}
	r.opaque = r.opaque && !r.clear
	r.held, r.clear = 0, false
}

// lanes returns the channels of a pixel, blue first, with 16 bits each.
func lanes(v uint32) uint64 {
	x := uint64(v)
	x = (x | x<<16) & 0x0000ffff0000ffff
	return (x | x<<8) & 0x00ff00ff00ff00ff
}

// rgba returns the channels as a pixel whose lowest byte is red.
func rgba(x uint64) uint32 {
	return uint32(x>>32)&0xff | uint32(x>>16)&0xff<<8 | uint32(x)&0xff<<16 | uint32(x>>48)<<24
}

// meansOfFour writes the means of boxes of two rows, which are opaque.
func meansOfFour(out []uint8, upper, lower []uint32) {
	const half = 0x0002000200020002
	for i := range len(out) / 4 {
		a, b := upper[2*i:2*i+2:2*i+2], lower[2*i:2*i+2:2*i+2]
		sum := lanes(a[0]) + lanes(a[1]) + lanes(b[0]) + lanes(b[1])
		binary.LittleEndian.PutUint32(out[4*i:], rgba((sum+half)>>2&0x00ff00ff00ff00ff))
	}
}

// means writes the means of boxes that are complete and opaque.
func (r *pixelReducer) means(out []uint8) {
	side, bits := 1<<r.shrink, 2*r.shrink
	half := uint64(1<<bits>>1) * 0x0001000100010001
	for i := range len(out) / 4 {
		sum := half
		for _, row := range r.rows {
			for _, v := range row[i*side : i*side+side] {
				sum += lanes(v)
			}
		}
		binary.LittleEndian.PutUint32(out[4*i:], rgba(sum>>bits&0x00ff00ff00ff00ff))
	}
}

// box returns the mean of any box.
func (r *pixelReducer) box(i int) uint32 {
	side := 1 << r.shrink
	wide := min(side, r.size.X-(r.out.Rect.Min.X+i)*side)
	var blue, green, red, alpha uint32
	for _, row := range r.rows[:r.held] {
		for _, v := range row[i*side : i*side+wide] {
			a := v >> 24
			blue, green, red, alpha = blue+a*(v&0xff), green+a*(v>>8&0xff), red+a*(v>>16&0xff), alpha+a
		}
	}
	if alpha == 0 {
		if side == 1 { // the colour cannot be seen, but is there
			v := r.rows[0][i]
			return v>>16&0xff | v&0xff00 | v&0xff<<16
		}
		return 0
	}
	n, half := uint32(wide*r.held), alpha/2
	return (red+half)/alpha | (green+half)/alpha<<8 | (blue+half)/alpha<<16 | (alpha+n/2)/n<<24
}
