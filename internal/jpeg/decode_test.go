package jpeg

import (
	"bytes"
	"fmt"
	"image"
	stdjpeg "image/jpeg"
	"testing"

	"newsroom.example/cards/internal/scene"
)

func encoded(t testing.TB, m image.Image, quality int) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := stdjpeg.Encode(&out, m, &stdjpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// same describes where the region of got, decoded at 1/1, differs from want; it is empty if they are equal.
func same(got, want image.Image, region image.Rectangle) string {
	switch want := want.(type) {
	case *image.Gray:
		g, ok := got.(*image.Gray)
		if !ok {
			return fmt.Sprintf("%T", got)
		}
		for y := region.Min.Y; y < region.Max.Y; y++ {
			for x := region.Min.X; x < region.Max.X; x++ {
				if g.GrayAt(x, y) != want.GrayAt(x, y) {
					return fmt.Sprintf("%d,%d: %v, want %v", x, y, g.GrayAt(x, y), want.GrayAt(x, y))
				}
			}
		}
	case *image.YCbCr:
		g, ok := got.(*image.YCbCr)
		if !ok || g.SubsampleRatio != want.SubsampleRatio {
			return fmt.Sprintf("%T", got)
		}
		for y := region.Min.Y; y < region.Max.Y; y++ {
			for x := region.Min.X; x < region.Max.X; x++ {
				if g.YCbCrAt(x, y) != want.YCbCrAt(x, y) {
					return fmt.Sprintf("%d,%d: %v, want %v", x, y, g.YCbCrAt(x, y), want.YCbCrAt(x, y))
				}
			}
		}
	}
	return ""
}

func TestFullSizeIsImageJPEGs(t *testing.T) {
	var d Decoder
	for _, size := range []image.Point{{1, 1}, {7, 9}, {16, 16}, {17, 33}, {320, 200}, {321, 199}} {
		for _, grain := range []int{0, 3, 60} {
			for _, quality := range []int{20, 75, 92, 100} {
				data := encoded(t, scene.Photo(size.X, size.Y, grain, uint64(quality)), quality)
				want, err := stdjpeg.Decode(bytes.NewReader(data))
				if err != nil {
					t.Fatal(err)
				}
				p, err := Open(data)
				if err != nil {
					t.Fatal(err)
				}
				for _, region := range []image.Rectangle{
					{Max: size}, image.Rect(size.X/3, size.Y/4, size.X*2/3+1, size.Y/2+1),
				} {
					got, err := d.Decode(p, region, 0)
					if err != nil {
						t.Fatal(err)
					}
					if diff := same(got, want, region); diff != "" {
						t.Fatalf("%v, grain %d, quality %d, %v: %s", size, grain, quality, region, diff)
					}
				}
			}
		}
	}
}

// TestNothingIsHeld: an idle decoder does not keep the last file in memory, whether it was valid or damaged.
func TestNothingIsHeld(t *testing.T) {
	data := encoded(t, scene.Photo(1200, 800, 14, 5), 95)
	for _, file := range [][]byte{data, append(bytes.Clone(data[:len(data)*3/4]), 0xff, markEOI)} {
		for _, pair := range []bool{false, true} {
			p, err := Open(file)
			if err != nil {
				t.Fatal(err)
			}
			d := Decoder{Pair: pair}
			_, _ = d.Decode(p, image.Rect(0, 0, 1200, 800), 1)
			a := aheads.Get().(*ahead)
			for _, s := range []*scanner{&d.scanner, &a.scanner} {
				if s.src != nil || s.behind != nil {
					t.Errorf("pair %t: a file of %d bytes is held", pair, len(file))
				}
			}
		}
	}
}

func benchPhoto(b *testing.B) []byte { return encoded(b, scene.Photo(2400, 1600, 14, 5), 92) }

func BenchmarkDecode(b *testing.B) {
	data := benchPhoto(b)
	b.Run("image/jpeg", func(b *testing.B) {
		for b.Loop() {
			_, _ = stdjpeg.Decode(bytes.NewReader(data))
		}
	})
	for shrink := range 4 {
		b.Run(fmt.Sprint("1/", 1<<shrink), func(b *testing.B) {
			b.ReportMetric(float64(len(data)), "filebytes")
			var d Decoder
			for b.Loop() {
				p, err := Open(data)
				if err != nil {
					b.Fatal(err)
				}
				if _, err := d.Decode(p, image.Rectangle{Max: p.Scaled(shrink)}, shrink); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
