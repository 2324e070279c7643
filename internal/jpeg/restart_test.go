package jpeg

import (
	"bytes"
	"errors"
	"image"
	stdjpeg "image/jpeg"
	"testing"

	"newsroom.example/cards/internal/scene"
)

// TestRestarts: fill bytes may precede any marker (T.81, B.1.1.2); other bytes are an error.
func TestRestarts(t *testing.T) {
	m := scene.Photo(75, 200, 5, 3)
	for before, want := range map[string]error{"": nil, "\xff": nil, "\xff\xff\xff": nil, "lost": ErrForeign, "\xff\xd3": ErrForeign} {
		data, err := scene.WithRestarts(m, before)
		if err != nil {
			t.Fatal(err)
		}
		p, err := Open(data)
		if err != nil {
			t.Fatal(err)
		}
		var d Decoder
		_, err = d.Decode(p, m.Rect, 0)
		if !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", before, err, want)
		}
		if _, err := d.Decode(p, image.Rect(0, 0, 75, 100), 0); err != nil {
			t.Errorf("%q: above it: %v", before, err)
		}
		if want != nil {
			continue
		}
		got, _ := d.Decode(p, m.Rect, 0)
		std, err := stdjpeg.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if diff := same(got, std, m.Rect); diff != "" {
			t.Errorf("%q: %s", before, diff)
		}
	}
}
