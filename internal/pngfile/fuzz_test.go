package pngfile

import (
	"bytes"
	"image"
	"image/png"
	"testing"
)

// FuzzDecode: a file that image/png takes has the same pixels here, in every region at every size; of any other there
// is an error, or a picture with as many rows as it says.
func FuzzDecode(f *testing.F) {
	for i, k := range kinds() {
		if k.w < 100 {
			f.Add(k.file(f, uint64(i)), uint8(i), uint8(i%5))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte, where, shrink uint8) {
		p, err := Open(data)
		if err != nil {
			if m, err := png.Decode(bytes.NewReader(data)); err == nil {
				t.Fatalf("image/png takes it: %v", m.Bounds())
			}
			return
		}
		if p.Size.X > 1<<12 || p.Size.Y > 1<<12 || p.Size.X*p.Size.Y > 1<<16 {
			return
		}
		scale := int(shrink % 4)
		size := p.Scaled(scale)
		all, rows, err := p.Decode(image.Rectangle{Max: size}, scale, where%2 == 0)
		if rows > p.Size.Y || err == nil && all.Bounds().Size() != size {
			t.Fatalf("%d rows, %v", rows, err)
		}
		want, wrong := png.Decode(bytes.NewReader(data))
		if wrong == nil && (err != nil || rows != p.Size.Y) {
			t.Fatalf("image/png takes it: %d of %d rows, %v", rows, p.Size.Y, err)
		}
		if err != nil {
			return
		}
		if wrong == nil && scale == 0 && !same(t, all, want) {
			t.Fatal("other pixels than image/png")
		}
		r := image.Rect(int(where%4), int(where/4%4), size.X-int(where/16%4), size.Y-int(where/64))
		if r = r.Intersect(all.Bounds()); r.Empty() {
			return
		}
		part, _, err := p.Decode(r, scale, false)
		crop := all.(interface {
			SubImage(image.Rectangle) image.Image
		}).SubImage(r)
		if err != nil || rows == p.Size.Y && !same(t, part, crop) {
			t.Fatalf("%v of %v: %v", r, size, err)
		}
	})
}
