package pngfile

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"testing"
)

// opened returns a file's picture.
func opened(t testing.TB, data []byte) *Picture {
	t.Helper()
	p, err := Open(data)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// whole decodes a picture that has all its rows.
func whole(t testing.TB, data []byte, shrink int) image.Image {
	t.Helper()
	p := opened(t, data)
	m, rows, err := p.Decode(image.Rectangle{Max: p.Scaled(shrink)}, shrink, shrink%2 == 1)
	if err != nil || rows != p.Size.Y {
		t.Fatalf("%d of %d rows, %v", rows, p.Size.Y, err)
	}
	return m
}

// straight returns the samples of a pixel, without the lower bytes of 16 bits.
func straight(c color.Color) color.NRGBA {
	switch c := c.(type) {
	case color.NRGBA64:
		return color.NRGBA{uint8(c.R >> 8), uint8(c.G >> 8), uint8(c.B >> 8), uint8(c.A >> 8)}
	case color.NRGBA:
		return c
	}
	r, g, b, _ := c.RGBA() // what is not straight is opaque
	return color.NRGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), 255}
}

// same reports the first pixel that differs.
func same(t testing.TB, got, want image.Image) bool {
	t.Helper()
	if got.Bounds() != want.Bounds() {
		t.Errorf("%v, want %v", got.Bounds(), want.Bounds())
		return false
	}
	b := want.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			if g, w := straight(got.At(x, y)), straight(want.At(x, y)); g != w {
				t.Errorf("%d,%d: %v, want %v", x, y, g, w)
				return false
			}
		}
	}
	return true
}

// TestSameAsStandard: at full size the pixels are those of image/png, for every kind of file.
func TestSameAsStandard(t *testing.T) {
	for name, data := range files(t) {
		want, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if !same(t, whole(t, data, 0), want) {
			t.Error(name)
		}
	}
}

// mean returns the mean of a box of pixels, colours weighted by their alpha.
func mean(m image.Image, r image.Rectangle) color.NRGBA {
	var sum [3]int
	alpha, n := 0, 0
	r = r.Intersect(m.Bounds())
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			c := straight(m.At(x, y))
			for i, v := range [3]uint8{c.R, c.G, c.B} {
				sum[i] += int(v) * int(c.A)
			}
			alpha += int(c.A)
			n++
		}
	}
	if alpha == 0 {
		return color.NRGBA{}
	}
	for i := range sum {
		sum[i] = (sum[i] + alpha/2) / alpha
	}
	return color.NRGBA{uint8(sum[0]), uint8(sum[1]), uint8(sum[2]), uint8((alpha + n/2) / n)}
}

// TestMeans: a pixel of a smaller picture is the mean of a box.
func TestMeans(t *testing.T) {
	for name, data := range files(t) {
		large := whole(t, data, 0)
		for shrink := 1; shrink <= 3; shrink++ {
			small := whole(t, data, shrink)
			side := 1 << shrink
			want := image.NewNRGBA(small.Bounds())
			for y := range want.Rect.Dy() {
				for x := range want.Rect.Dx() {
					want.SetNRGBA(x, y, mean(large, image.Rect(x*side, y*side, (x+1)*side, (y+1)*side)))
				}
			}
			if !same(t, small, want) {
				t.Errorf("%s, shrink %d", name, shrink)
			}
		}
	}
}

// TestRegions: a region is a part of the picture.
func TestRegions(t *testing.T) {
	for name, data := range files(t) {
		p := opened(t, data)
		for shrink := range 4 {
			all, size := whole(t, data, shrink), p.Scaled(shrink)
			for _, r := range []image.Rectangle{
				image.Rect(0, 0, 1, 1), image.Rect(size.X-1, size.Y-1, size.X, size.Y), image.Rect(1, 2, 4, 5),
				image.Rect(size.X/3, size.Y/2, size.X, size.Y), image.Rect(size.X/2, 0, size.X-1, size.Y-1),
			} {
				if r = r.Intersect(all.Bounds()); r.Empty() {
					continue
				}
				got, rows, err := p.Decode(r, shrink, false)
				want := all.(interface {
					SubImage(image.Rectangle) image.Image
				}).SubImage(r)
				if err != nil || rows != p.Size.Y || !same(t, got, want) {
					t.Errorf("%s, shrink %d, %v: %d rows, %v", name, shrink, r, rows, err)
				}
			}
		}
	}
}
