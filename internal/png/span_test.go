package png

import (
	"bytes"
	"image"
	"math/rand/v2"
	"slices"
	"testing"
)

// inked returns a picture with pixels of a few colours in some rows, and the spans of these pixels.
func inked(random *rand.Rand, w, h int) (*image.RGBA, []Span) {
	m, ink := image.NewRGBA(image.Rect(0, 0, w, h)), make([]Span, h)
	for i := range m.Pix {
		m.Pix[i] = 255
	}
	for y := range h {
		if random.IntN(3) == 0 {
			continue
		}
		from := random.IntN(w)
		ink[y] = Span{from, from + random.IntN(w-from+1)}
		for x := ink[y].From; x < ink[y].To; x++ {
			m.Pix[y*m.Stride+4*x] = byte(255 - random.IntN(2)*random.IntN(9))
		}
	}
	return m, ink
}

// TestMarksBesideInk: pixels that are not compared have the same marks as if they were.
func TestMarksBesideInk(t *testing.T) {
	random := rand.New(rand.NewPCG(15, 16))
	var got, want marks
	for range 3000 {
		w := 1 + random.IntN(400)
		m, ink := inked(random, w, 2)
		got.resize(w)
		want.resize(w)
		for _, above := range [][]byte{m.Pix[:m.Stride], nil} {
			got.read(m.Pix[m.Stride:], above, ink[0].Join(ink[1]))
			want.read(m.Pix[m.Stride:], above, Span{0, w})
			if !slices.Equal(got.left, want.left) || !slices.Equal(got.over, want.over) {
				t.Fatalf("%d pixels, ink %v: %x and %x, want %x and %x", w, ink, got.left, got.over, want.left, want.over)
			}
		}
	}
}

// TestInkChangesNoByte: the bytes do not depend on whether the spans are given.
func TestInkChangesNoByte(t *testing.T) {
	random := rand.New(rand.NewPCG(17, 18))
	var e Encoder
	for range 200 {
		m, ink := inked(random, 1+random.IntN(300), 1+random.IntN(60))
		looked, err := e.Encode(m, nil)
		if err != nil {
			t.Fatal(err)
		}
		looked = slices.Clone(looked)
		if known, err := e.Encode(m, ink); err != nil || !bytes.Equal(known, looked) {
			t.Fatalf("%v: %d bytes and %d, %v", m.Rect, len(known), len(looked), err)
		}
	}
}
