package focus

import (
	"encoding/binary"
	"image"
	"slices"
)

// limits of a thumbnail: its longer side, and its number of pixels.
type limits struct{ side, area int }

// overview is enough to see where there is detail.
var overview = limits{256, 44_000}

// thumb is a thumbnail of a photo: brightness and colour in the full range of JFIF. Its memory is reused.
type thumb struct {
	w, h       int
	y, cb, cr  []uint8
	xs, ys, cs []two
}

// thumbnail makes the thumbnail of a photo. Each pixel is the mean of four of the photo's pixels, of two columns and
// two rows. A photo that is not larger than the limits is copied.
func (t *thumb) thumbnail(img image.Image, most limits) {
	b := img.Bounds()
	t.w, t.h = most.small(b.Dx(), b.Dy())
	places := 2
	if b.Dx() < 2*t.w {
		places = 1
	}
	t.xs, t.ys = grid(t.xs, b.Dx(), t.w, places), grid(t.ys, b.Dy(), t.h, places)
	t.sample(img)
}

// sample fills the thumbnail with the pixels at its positions.
func (t *thumb) sample(img image.Image) {
	n := t.w * t.h
	t.y, t.cb, t.cr = resized(t.y, n), resized(t.cb, n), resized(t.cr, n)
	switch m := img.(type) {
	case *image.YCbCr:
		t.fromYCbCr(m)
	case *image.RGBA:
		t.fromRGBA(m)
	default:
		t.fromAny(m)
	}
}

// resized returns a slice of n elements with undefined contents, in the memory of s if that is large enough.
func resized[T any](s []T, n int) []T { return slices.Grow(s[:0], n)[:n] }

// small returns the size of the thumbnail: the aspect ratio of the photo within the limits.
func (l limits) small(w, h int) (int, int) {
	long := max(w, h)
	for side := min(long, l.side); ; side-- {
		sw, sh := max(1, (w*side+long/2)/long), max(1, (h*side+long/2)/long)
		if sw*sh <= l.area {
			return sw, sh
		}
	}
}

// two has the positions of a thumbnail pixel's two samples along a side of the photo. They are equal if there is
// only one.
type two [2]uint32

// grid returns the sample positions of all pixels of a side of the thumbnail.
func grid(out []two, whole, small, n int) []two {
	out = resized(out, small)
	for i := range out {
		for k := range 2 {
			at := i*n + min(k, n-1)
			out[i][k] = uint32((2*at + 1) * whole / (2 * small * n))
		}
	}
	return out
}

func (t *thumb) fromYCbCr(m *image.YCbCr) {
	left, top := m.Rect.Min.X, m.Rect.Min.Y
	first := m.COffset(left, top)
	t.cs = resized(t.cs, t.w) // the positions of the columns' chroma samples
	for i, x := range t.xs {
		t.cs[i] = two{uint32(m.COffset(left+int(x[0]), top) - first), uint32(m.COffset(left+int(x[1]), top) - first)}
	}
	for y, at := range t.ys {
		i, y0, y1 := y*t.w, top+int(at[0]), top+int(at[1])
		meanOf(t.y[i:i+t.w], m.Y[m.YOffset(left, y0):], m.Y[m.YOffset(left, y1):], t.xs)
		c0, c1 := m.COffset(left, y0), m.COffset(left, y1)
		meanOf(t.cb[i:i+t.w], m.Cb[c0:], m.Cb[c1:], t.cs)
		meanOf(t.cr[i:i+t.w], m.Cr[c0:], m.Cr[c1:], t.cs)
	}
}

// meanOf writes the means of four samples each, at the given positions in two rows.
func meanOf(out, row0, row1 []uint8, places []two) {
	row0 = row0[:len(row1)] // the lower row is shorter
	for i, at := range places[:len(out)] {
		out[i] = uint8((uint32(row0[at[0]]) + uint32(row0[at[1]]) + uint32(row1[at[0]]) + uint32(row1[at[1]])) / 4)
	}
}

// fromRGBA adds red and blue in one word, and green in another.
func (t *thumb) fromRGBA(m *image.RGBA) {
	const lanes = 0x00ff00ff
	for y, at := range t.ys {
		row0 := m.Pix[m.PixOffset(m.Rect.Min.X, m.Rect.Min.Y+int(at[0])):]
		row1 := m.Pix[m.PixOffset(m.Rect.Min.X, m.Rect.Min.Y+int(at[1])):]
		luma, cb, cr := t.y[y*t.w:][:t.w], t.cb[y*t.w:][:t.w], t.cr[y*t.w:][:t.w]
		for x, at := range t.xs[:t.w] {
			a, b := binary.LittleEndian.Uint32(row0[4*at[0]:]), binary.LittleEndian.Uint32(row0[4*at[1]:])
			c, d := binary.LittleEndian.Uint32(row1[4*at[0]:]), binary.LittleEndian.Uint32(row1[4*at[1]:])
			redBlue := a&lanes + b&lanes + c&lanes + d&lanes
			green := a>>8&lanes + b>>8&lanes + c>>8&lanes + d>>8&lanes
			luma[x], cb[x], cr[x] = toYCbCr(redBlue&0xffff/4, green&0xffff/4, redBlue>>16/4)
		}
	}
}

func (t *thumb) fromAny(m image.Image) {
	b := m.Bounds()
	for y, ys := range t.ys {
		for x, xs := range t.xs {
			var sum [3]uint32
			for k := range 4 {
				r, g, b, _ := m.At(b.Min.X+int(xs[k&1]), b.Min.Y+int(ys[k>>1])).RGBA()
				sum[0], sum[1], sum[2] = sum[0]+r>>8, sum[1]+g>>8, sum[2]+b>>8
			}
			i := y*t.w + x
			t.y[i], t.cb[i], t.cr[i] = toYCbCr(sum[0]/4, sum[1]/4, sum[2]/4)
		}
	}
}

// toYCbCr converts a colour as JFIF defines, in units of 1/65536. The result is exact to within one.
func toYCbCr(r, g, b uint32) (yy, cb, cr uint8) {
	return uint8((19595*r + 38470*g + 7471*b) >> 16),
		uint8((128<<16 + 32767*b - 11058*r - 21709*g) >> 16),
		uint8((128<<16 + 32767*r - 27438*g - 5329*b) >> 16)
}
