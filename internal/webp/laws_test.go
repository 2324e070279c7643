package webp

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"math/rand/v2"
	"testing"
)

// decoded decodes a region.
func decoded(t testing.TB, p *Picture, region image.Rectangle, shrink int, pair bool) (image.Image, int) {
	t.Helper()
	m, rows, err := p.Decode(region, shrink, pair)
	if err != nil {
		t.Fatal(err)
	}
	return m, rows
}

// sameIn says where two pictures differ in a rectangle that both contain.
func sameIn(a, b image.Image, r image.Rectangle) string {
	if !r.In(a.Bounds()) || !r.In(b.Bounds()) {
		return fmt.Sprintf("%v and %v do not contain %v", a.Bounds(), b.Bounds(), r)
	}
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			p, q := color.NRGBAModel.Convert(a.At(x, y)), color.NRGBAModel.Convert(b.At(x, y))
			if p != q {
				return fmt.Sprintf("%v and %v at %d, %d", p, q, x, y)
			}
		}
	}
	return ""
}

// TestRegions: any region at any scale is the same part of the whole at that scale, on one goroutine and on two.
func TestRegions(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 5))
	for name, data := range testFiles(t) {
		p, err := Open(data)
		if err != nil {
			t.Fatal(name, err)
		}
		for shrink := range MaxShrink + 1 {
			whole := image.Rectangle{Max: p.Scaled(shrink)}
			all, rows := decoded(t, p, whole, shrink, false)
			if rows != p.Size().Y || all.Bounds() != whole {
				t.Errorf("%s at 1/%d: %d rows, %v", name, 1<<shrink, rows, all.Bounds())
			}
			for range 12 {
				x, y := r.IntN(whole.Max.X), r.IntN(whole.Max.Y)
				region := image.Rect(x, y, x+1+r.IntN(whole.Max.X-x), y+1+r.IntN(whole.Max.Y-y))
				pair := r.IntN(2) == 0
				part, rows := decoded(t, p, region, shrink, pair)
				if what := sameIn(part, all, region); what != "" || rows < min(p.Size().Y, region.Max.Y<<shrink) {
					t.Errorf("%s, %v at 1/%d, pair %t: %s, %d rows", name, region, 1<<shrink, pair, what, rows)
				}
			}
		}
	}
}

// TestReduced: a reduced picture is the mean of the boxes of the whole one, within the rounding of its colours.
func TestReduced(t *testing.T) {
	for name, data := range testFiles(t) {
		p, err := Open(data)
		if err != nil {
			t.Fatal(name, err)
		}
		whole, _ := decoded(t, p, image.Rectangle{Max: p.Size()}, 0, false)
		for shrink := 1; shrink <= MaxShrink; shrink++ {
			m, _ := decoded(t, p, image.Rectangle{Max: p.Scaled(shrink)}, shrink, false)
			if planes, ok := m.(*image.YCbCr); ok {
				reducedPlanes(t, name, planes, whole.(*image.YCbCr), shrink)
				continue
			}
			for y := range m.Bounds().Dy() {
				for x := range m.Bounds().Dx() {
					box := image.Rect(x<<shrink, y<<shrink, (x+1)<<shrink, (y+1)<<shrink)
					want, got := meanOf(whole, box), color.NRGBAModel.Convert(m.At(x, y)).(color.NRGBA)
					if !near8(got, want, p.lossy) {
						t.Fatalf("%s at 1/%d, %d, %d: %v, want %v", name, 1<<shrink, x, y, got, want)
					}
				}
			}
		}
	}
}

// reducedPlanes compares the samples of a picture with the means of those of the whole one, which were rounded, and
// clamped, before.
func reducedPlanes(t *testing.T, name string, got, whole *image.YCbCr, shrink int) {
	t.Helper()
	size := whole.Rect.Size()
	compare := func(got []uint8, stride int, whole []uint8, wide int, size image.Point) {
		for y := range (size.Y + 1<<shrink - 1) >> shrink {
			for x := range (size.X + 1<<shrink - 1) >> shrink {
				box := image.Rect(x<<shrink, y<<shrink, (x+1)<<shrink, (y+1)<<shrink).Intersect(image.Rectangle{Max: size})
				sum, n := 0, box.Dx()*box.Dy()
				for i := range n {
					sum += int(whole[(box.Min.Y+i/box.Dx())*wide+box.Min.X+i%box.Dx()])
				}
				if v := int(got[y*stride+x]); v < sum/n-4 || v > sum/n+4 {
					t.Fatalf("%s at 1/%d: %d at %d, %d, want %d", name, 1<<shrink, v, x, y, sum/n)
				}
			}
		}
	}
	compare(got.Y, got.YStride, whole.Y, whole.YStride, size)
	half := image.Pt((size.X+1)/2, (size.Y+1)/2)
	compare(got.Cb, got.CStride, whole.Cb, whole.CStride, half)
	compare(got.Cr, got.CStride, whole.Cr, whole.CStride, half)
}

// meanOf returns the mean of a box, in which colours count as much as they are opaque.
func meanOf(m image.Image, box image.Rectangle) color.NRGBA {
	box = box.Intersect(m.Bounds())
	var sums [4]int
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			c := color.NRGBAModel.Convert(m.At(x, y)).(color.NRGBA)
			for i, v := range [4]uint8{c.R, c.G, c.B, 255} {
				sums[i] += int(v) * int(c.A)
			}
		}
	}
	n, a := box.Dx()*box.Dy(), sums[3]/255
	if a == 0 {
		return color.NRGBA{}
	}
	return color.NRGBA{uint8((sums[0] + a/2) / a), uint8((sums[1] + a/2) / a), uint8((sums[2] + a/2) / a), uint8((a + n/2) / n)}
}

// near8 reports whether two colours are the same; if they are converted from samples with a chroma sample for four of
// them, whether their alpha is the same, and their brightness nearly so.
func near8(a, b color.NRGBA, lossy bool) bool {
	if a.A == 0 || b.A == 0 {
		return a.A == b.A
	}
	if !lossy {
		return a == b
	}
	y := func(c color.NRGBA) int32 { v, _, _ := color.RGBToYCbCr(c.R, c.G, c.B); return int32(v) }
	return absolute(int32(a.A)-int32(b.A)) <= 1 && (a.A < 16 || absolute(y(a)-y(b)) <= 8)
}

// TestCutShort: of a file that is cut short the rows that it says are those of the whole file.
func TestCutShort(t *testing.T) {
	for name, data := range testFiles(t) {
		p, err := Open(data)
		if err != nil {
			t.Fatal(name, err)
		}
		end := bytes.Index(data, p.data) + len(p.data)
		whole, _ := decoded(t, p, image.Rectangle{Max: p.Size()}, 0, false)
		last := 0
		for n := end / 8; n <= end; n += max(1, end/97) {
			cut, err := Open(data[:n])
			if err != nil {
				continue
			}
			m, rows, err := cut.Decode(image.Rectangle{Max: p.Size()}, 0, n%2 == 0)
			if err != nil {
				continue
			}
			if rows < last || rows == p.Size().Y && n < end-len(p.data)/8 {
				t.Errorf("%s, %d of %d bytes: %d rows after %d", name, n, end, rows, last)
			}
			last = rows
			exact := rows
			if p.lossy && rows < p.Size().Y {
				exact = max(0, rows-24) // the filter and the last bits would have changed the end
			}
			if what := sameIn(m, whole, image.Rect(0, 0, p.Size().X, exact)); what != "" {
				t.Errorf("%s, %d of %d bytes, %d rows: %s", name, n, end, rows, what)
			}
		}
		if last < p.Size().Y*6/10 {
			t.Errorf("%s: %d rows at the end", name, last)
		}
	}
}
