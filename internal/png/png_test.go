package png

import (
	"bytes"
	"image"
	"image/color"
	stdpng "image/png"
	"testing"
)

// few returns a picture of n colours, in diagonal stripes.
func few(w, h, n int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			i := (x + y/3) % n
			m.SetRGBA(x, y, color.RGBA{uint8(i), uint8(i * 7), uint8(i>>8 + 40), 255})
		}
	}
	return m
}

// many returns a gradient with noise.
func many(w, h int, grain uint32) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	state := uint32(7)
	for y := range h {
		for x := range w {
			state = state*1664525 + 1013904223
			g := uint8(state >> 20 % (grain + 1))
			m.SetRGBA(x, y, color.RGBA{uint8(x) + g, uint8(y) + g, uint8(x*y>>4) - g, 255})
		}
	}
	return m
}

// lines returns a picture that resembles type on paper: equal rows, vertical stems, and edges whose shades change
// from row to row.
func lines(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			v := uint8(250)
			if y%30 > 8 && x > 20 && x < w-20 {
				switch {
				case x%23 < 4:
					v = 30
				case (x+y/2)%17 < 3:
					v = uint8(30 + x*y%31*7)
				}
			}
			m.SetRGBA(x, y, color.RGBA{v, v, v, 255})
		}
	}
	return m
}

func roundTrip(t testing.TB, e *Encoder, m *image.RGBA) (data []byte, got image.Image) {
	t.Helper()
	data, err := e.Encode(m, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got, err = stdpng.Decode(bytes.NewReader(data)); err != nil {
		t.Fatal(err)
	}
	if got.Bounds().Size() != m.Rect.Size() {
		t.Fatalf("%v, want %v", got.Bounds(), m.Rect)
	}
	for y := range m.Rect.Dy() {
		for x := range m.Rect.Dx() {
			c := color.RGBAModel.Convert(got.At(x, y)).(color.RGBA)
			if want := m.RGBAAt(m.Rect.Min.X+x, m.Rect.Min.Y+y); c.R != want.R || c.G != want.G || c.B != want.B || c.A != 255 {
				t.Fatalf("%d,%d: %v, want %v", x, y, c, want)
			}
		}
	}
	return data, got
}

func TestPixelsComeBack(t *testing.T) {
	var e Encoder
	part := many(60, 40, 3).SubImage(image.Rect(7, 5, 41, 32)).(*image.RGBA)
	for name, tt := range map[string]struct {
		m        *image.RGBA
		paletted bool
	}{
		"one pixel": {few(1, 1, 1), true}, "a column": {few(1, 40, 3), true}, "a row of 257 colours": {few(257, 1, 257), false},
		"256 colours": {few(300, 20, 256), true}, "257 colours": {few(300, 20, 257), false}, "flat": {few(1200, 630, 1), true},
		"a slope": {many(300, 200, 0), false}, "grain": {many(301, 199, 30), false}, "noise": {many(97, 61, 255), false},
		"larger than a strip": {many(1200, 630, 9), false}, "a part of a picture": {part, false},
		"the longest rows that are repeated": {few(maxDistance-1, 3, 5), true}, "longer ones": {few(maxDistance, 3, 5), false},
		"type": {lines(400, 90), true}, "a part of type": {lines(400, 90).SubImage(image.Rect(3, 5, 391, 77)).(*image.RGBA), true},
	} {
		_, got := roundTrip(t, &e, tt.m)
		if _, ok := got.(*image.Paletted); ok != tt.paletted {
			t.Errorf("%s: %T", name, got)
		}
	}
	if _, err := e.Encode(image.NewRGBA(image.Rectangle{}), nil); err == nil {
		t.Error("a picture without pixels was encoded")
	}
}

// TestPatternsAreFound: pictures with patterns other than those of type are compressed by a general deflate.
func TestPatternsAreFound(t *testing.T) {
	m := image.NewRGBA(image.Rect(0, 0, 600, 400))
	for y := range 400 {
		for x := range 600 {
			v := uint8(90 + (x*5+y*3)%8/4 + (x*y)%8)
			m.SetRGBA(x, y, color.RGBA{v, v, v, 255})
		}
	}
	var e Encoder
	if data, _ := roundTrip(t, &e, m); len(data) > 12_000 {
		t.Errorf("a hatching of %v has %d bytes", m.Rect.Size(), len(data))
	}
	if e.tokens.plain < 600*400/mostPlain {
		t.Errorf("%d pixels repeat nothing", e.tokens.plain)
	}
}

// TestSameBytes: the bytes do not depend on pictures that were encoded before.
func TestSameBytes(t *testing.T) {
	var used Encoder
	for _, m := range []*image.RGBA{many(200, 100, 4), few(100, 200, 9), few(40, 40, 200), many(50, 60, 90)} {
		fresh, err := new(Encoder).Encode(m, nil)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := used.Encode(m, nil); err != nil || !bytes.Equal(fresh, again) {
			t.Errorf("%v: %d bytes and %d, %v", m.Rect, len(fresh), len(again), err)
		}
	}
}

func FuzzRoundTrip(f *testing.F) {
	f.Add([]byte{1, 2, 3, 4, 5, 6, 7, 8, 9}, uint8(2), false)
	f.Add(bytes.Repeat([]byte{9, 9, 9, 200, 1, 0}, 60), uint8(11), true)
	f.Add(many(40, 30, 200).Pix, uint8(40), true)
	var e Encoder
	f.Fuzz(func(t *testing.T, pix []byte, width uint8, own bool) {
		w := int(width)%64 + 1
		h := min(len(pix)/3/w, 300)
		if h == 0 {
			return
		}
		m := image.NewRGBA(image.Rect(0, 0, w, h))
		for i := range w * h {
			copy(m.Pix[4*i:], pix[3*i:3*i+3])
			m.Pix[4*i+3] = 255
			if !own && i > 0 { // few colours: each pixel is one of the first four pixels
				copy(m.Pix[4*i:], m.Pix[4*(int(pix[3*i])&3&(i-1)):][:3])
			}
		}
		roundTrip(t, &e, m)
	})
}

func BenchmarkEncode(b *testing.B) {
	for name, m := range map[string]*image.RGBA{"palette": few(1200, 630, 90), "type": lines(1200, 630), "rgb": many(1200, 630, 5)} {
		b.Run(name, func(b *testing.B) {
			var e Encoder
			for b.Loop() {
				if _, err := e.Encode(m, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
