package webp

import (
	"bytes"
	"image"
	"testing"

	xwebp "golang.org/x/image/webp"
)

// fuzzPixels is the largest picture that the fuzz tests decode.
const fuzzPixels = 1 << 18

// FuzzDecode decodes any file: the rows are within the picture, a region is the same part of the whole at every scale,
// two goroutines give what one does, and what x/image/webp takes for a valid lossy file has the same samples.
func FuzzDecode(f *testing.F) {
	for _, data := range testFiles(f) {
		f.Add(data, uint16(300))
		f.Add(data[:len(data)*3/4], uint16(7))
	}
	f.Fuzz(func(t *testing.T, data []byte, at uint16) {
		p, err := Open(data)
		if err != nil || area(p.Size()) > fuzzPixels || area(p.size) > fuzzPixels {
			return
		}
		shrink := int(at) & 3
		size := p.Scaled(shrink)
		whole, rows, err := p.Decode(image.Rectangle{Max: size}, shrink, false)
		if err != nil {
			return
		}
		if rows < 1 || rows > p.Size().Y || whole.Bounds().Size() != size {
			t.Fatalf("%d rows, %v of %v", rows, whole.Bounds(), size)
		}
		region := image.Rect(int(at>>2)%size.X, int(at>>5)%size.Y, size.X, size.Y)
		part, again, err := p.Decode(region, shrink, true)
		if err != nil || again != rows {
			t.Fatalf("%d and %d rows, %v", again, rows, err)
		}
		if what := sameIn(part, whole, region); what != "" {
			t.Fatal(what)
		}
		if p.lossy && !p.framed() {
			likeX(t, p, data)
		}
	})
}

// likeX compares a file that x/image/webp takes with what it decodes.
func likeX(t *testing.T, p *Picture, data []byte) {
	want, err := xwebp.Decode(bytes.NewReader(data))
	if err != nil || want.Bounds().Size() != p.Size() {
		return
	}
	if f, err := readFrame(p.data, p.whole); err != nil || !f.plain() {
		return
	}
	got, rows, err := p.Decode(image.Rectangle{Max: p.Size()}, 0, false)
	if err != nil || rows != p.Size().Y {
		t.Fatalf("%d of %v rows, %v", rows, p.Size(), err)
	}
	if what := differs(got, want); what != "" {
		t.Fatal(what)
	}
}

// plain reports whether the levels of the loop filter are far from the limits: x/image/webp computes them in eight
// bits, which may overflow.
func (f *frame) plain() bool {
	for _, v := range f.strengths {
		if v > 20 || v < -20 {
			return false
		}
	}
	return true
}
