package faces

// mean is the mean colour of the pictures with which the network was trained, in units of 1/32.
var mean = [colours]int16{3744, 3670, 3117}

// colours is the number of values of a pixel: red, green and blue.
const colours = 3

// window has the rows of a picture that a row of the first layer is made of, as red, green and blue. To the right and
// below it is black, up to whole cells.
type window struct {
	w, next int     // pixels of a row, and the number of the next
	v       []int16 // the last rows, and a value that is read but does not count
}

func (f *window) sized(w int) {
	f.w, f.next = w, 0
	f.v = resized(f.v, reach*colours*w+1)
	f.v[reach*colours*w] = 0
}

// upTo moves the window down until row y of the picture is its last.
func (f *window) upTo(p Picture, y int) {
	row := colours * f.w
	for ; f.next <= y; f.next++ {
		at := f.next
		if at >= reach {
			at = reach - 1
			copy(f.v, f.v[row:reach*row])
		}
		f.load(f.v[at*row:][:row], p, f.next)
	}
}

// load writes row y of the picture.
func (f *window) load(row []int16, p Picture, y int) {
	if y < p.H {
		at := y * p.W
		luma, cb, cr := p.Y[at:][:p.W], p.Cb[at:][:p.W], p.Cr[at:][:p.W]
		for x, v := range luma {
			out := row[colours*x:][:colours]
			out[0], out[1], out[2] = centred(int32(v), int32(cb[x])-128, int32(cr[x])-128)
		}
		row = row[colours*p.W:]
	}
	for ; len(row) >= colours; row = row[colours:] {
		row[0], row[1], row[2] = -mean[0], -mean[1], -mean[2]
	}
}

// centred converts a colour as JFIF defines, in units of 1/65536, and subtracts the mean. The colour is that of
// color.YCbCrToRGB.
func centred(y, cb, cr int32) (r, g, b int16) {
	y *= 0x10101
	return 32*level(y+91881*cr) - mean[0], 32*level(y-22554*cb-46802*cr) - mean[1], 32*level(y+116130*cb) - mean[2]
}

// level returns a value in units of 1/65536 as a level from 0 to 255.
func level(v int32) int16 { return int16(min(max(v, 0), 0xffffff) >> 16) }
