package sample

import (
	"bytes"
	"image/jpeg"
	"testing"
	"unicode/utf8"

	"newsroom.example/cards/card"
)

func TestMarkedPhotosAreTheSamePictureInOtherBytes(t *testing.T) {
	scene := Scene{Width: 96, Height: 64, Detail: 1, Bytes: 4000}
	data, _, err := scene.JPEG()
	if err != nil {
		t.Fatal(err)
	}
	join := func(n int) []byte { parts := Marked(data, n); return bytes.Join(parts[:], nil) }
	if bytes.Equal(join(1), join(2)) {
		t.Error("two marks give the same bytes")
	}
	plain, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	marked, err := jpeg.Decode(bytes.NewReader(join(7)))
	if err != nil {
		t.Fatal(err)
	}
	for y := range 64 {
		for x := range 96 {
			if plain.At(x, y) != marked.At(x, y) {
				t.Fatalf("pixel %d,%d differs", x, y)
			}
		}
	}
}

func TestScenesHaveTheirBytes(t *testing.T) {
	for _, s := range []Scene{{Width: 600, Height: 400, Detail: 1, Bytes: 90_000}, {Width: 600, Height: 400, Detail: Soft.Detail, Bytes: Soft.Bytes / 16}} {
		data, _, err := s.JPEG()
		if err != nil {
			t.Fatal(err)
		}
		if d := off(len(data), s.Bytes); d > s.Bytes/8 {
			t.Errorf("%+v: %d bytes", s, len(data))
		}
	}
}

func TestCardsAreValidAndDistinct(t *testing.T) {
	seen := map[string]bool{}
	for n := range 3 * len(Texts) {
		c, err := card.Parse(Card(n))
		if err != nil {
			t.Fatalf("card %d: %v", n, err)
		}
		if seen[c.Headline] {
			t.Errorf("card %d says what another says", n)
		}
		seen[c.Headline] = true
	}
}

func TestHeadlineHasItsLength(t *testing.T) {
	for _, n := range []int{10, 30, 100, 300, 1000} {
		if got := utf8.RuneCountInString(Headline(n, 1234)); got < n-1 || got > n {
			t.Errorf("%d asked for, %d given", n, got)
		}
	}
}

func TestMiddleHasItsPixels(t *testing.T) {
	m := Scene{Width: 960, Height: 640, Detail: 1}.Paint()
	for _, mp := range []float64{0.1, 0.25, 0.5, 9} {
		b := Middle(m, mp).Bounds()
		want := min(mp, 0.6144)
		if got := float64(b.Dx()*b.Dy()) / 1e6; got < 0.85*want || got > 1.15*want || !b.In(m.Bounds()) {
			t.Errorf("%g: %v", mp, b)
		}
	}
}
