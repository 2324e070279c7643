package focus

import "image"

// The thumbnail's longer side at most, and its pixels. A face of a tenth of the side can be found.
const (
	longSide = 256
	area     = 44_000
)

// stride is a row of an integral image: one sum more than the widest row has pixels.
const stride = longSide + 1

// thumb is a small copy of a photo: brightness and colour in JFIF's full range.
type thumb struct {
	w, h      int
	y, cb, cr []uint8
}

// samples is how many pixels of the photo, each way, make one of the thumbnail at most.
const samples = 2

// thumbnail averages a grid of samples for each pixel; a photo that is smaller is taken as it is.
func thumbnail(img image.Image) thumb {
	b := img.Bounds()
	w, h := small(b.Dx(), b.Dy())
	t := thumb{w: w, h: h, y: make([]uint8, w*h), cb: make([]uint8, w*h), cr: make([]uint8, w*h)}
	n := min(samples, max(1, b.Dx()/w))
	add, convert := sampler(img)
	xs, ys := grid(b.Min.X, b.Dx(), w, n), grid(b.Min.Y, b.Dy(), h, n)
	sums := make([]sum, w)
	for y := range h {
		clear(sums)
		for _, py := range ys[y*n : y*n+n] {
			add(sums, xs, py)
		}
		for x, s := range sums {
			i, all := y*w+x, uint32(n*n)
			t.y[i], t.cb[i], t.cr[i] = convert(s[0]/all, s[1]/all, s[2]/all)
		}
	}
	return t
}

// small is the thumbnail's size: the photo's shape within the limits.
func small(w, h int) (int, int) {
	long := max(w, h)
	for side := min(long, longSide); ; side-- {
		sw, sh := max(1, (w*side+long/2)/long), max(1, (h*side+long/2)/long)
		if sw*sh <= area {
			return sw, sh
		}
	}
}

// sum adds up the channels of samples, as the picture has them.
type sum [3]uint32

// grid is n places in each of the small side's pixels, in the photo's.
func grid(from, whole, small, n int) []int {
	out := make([]int, small*n)
	for i := range out {
		out[i] = from + (2*i+1)*whole/(2*small*n)
	}
	return out
}

// sampler adds a row's samples to the pixels that they make, and converts their mean.
func sampler(img image.Image) (add func(sums []sum, xs []int, y int), convert func(a, b, c uint32) (yy, cb, cr uint8)) {
	switch m := img.(type) {
	case *image.YCbCr:
		return func(sums []sum, xs []int, y int) { addYCbCr(sums, m, xs, y) },
			func(a, b, c uint32) (uint8, uint8, uint8) { return uint8(a), uint8(b), uint8(c) }
	case *image.RGBA:
		return func(sums []sum, xs []int, y int) { addRGBA(sums, m, xs, y) }, toYCbCr
	}
	return func(sums []sum, xs []int, y int) {
		n := len(xs) / len(sums)
		for i, x := range xs {
			r, g, b, _ := img.At(x, y).RGBA()
			s := &sums[i/n]
			s[0], s[1], s[2] = s[0]+r>>8, s[1]+g>>8, s[2]+b>>8
		}
	}, toYCbCr
}

func addYCbCr(sums []sum, m *image.YCbCr, xs []int, y int) {
	n := len(xs) / len(sums)
	for i := range sums {
		s := sums[i]
		for _, x := range xs[i*n : i*n+n] {
			c := m.COffset(x, y)
			s[0], s[1], s[2] = s[0]+uint32(m.Y[m.YOffset(x, y)]), s[1]+uint32(m.Cb[c]), s[2]+uint32(m.Cr[c])
		}
		sums[i] = s
	}
}

func addRGBA(sums []sum, m *image.RGBA, xs []int, y int) {
	n := len(xs) / len(sums)
	row := m.Pix[m.PixOffset(m.Rect.Min.X, y):]
	for i := range sums {
		s := sums[i]
		for _, x := range xs[i*n : i*n+n] {
			p := row[4*(x-m.Rect.Min.X):][:3]
			s[0], s[1], s[2] = s[0]+uint32(p[0]), s[1]+uint32(p[1]), s[2]+uint32(p[2])
		}
		sums[i] = s
	}
}

// toYCbCr converts as JFIF does, in units of 1/65536, to within one.
func toYCbCr(r, g, b uint32) (yy, cb, cr uint8) {
	return uint8((19595*r + 38470*g + 7471*b) >> 16),
		uint8((128<<16 + 32767*b - 11058*r - 21709*g) >> 16),
		uint8((128<<16 + 32767*r - 27438*g - 5329*b) >> 16)
}
