package pictures_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/golden"
	"newsroom.example/cards/internal/photo"
	"newsroom.example/cards/internal/scene"
	"newsroom.example/cards/render"
)

// TestSameBytesEverywhere compares the bytes of cards with stored hashes: a card has the same bytes on
// every machine (scripts/arm64 runs this test on another architecture). -update stores new hashes, for an
// intended change of pixels.
func TestSameBytesEverywhere(t *testing.T) {
	r := newRenderer(t)
	var out strings.Builder
	for _, tt := range []struct {
		name   string
		size   card.Size
		photo  []byte
		format render.Format
		focal  *card.Focal
	}{
		{"text", card.OpenGraph, nil, render.PNG, nil},
		{"text", card.Kakao, nil, render.JPEG, nil},
		{"halved photo", card.OpenGraph, ours(t, 2400, 1350, 12), render.JPEG, nil},
		{"shrunk photo", card.Size{W: 500, H: 500}, ours(t, 800, 1100, 0), render.JPEG, nil},
		{"photo on a field", card.OpenGraph, ours(t, 300, 200, 3), render.JPEG, nil},
		{"enlarged photo", card.Kakao, ours(t, 500, 400, 5), render.PNG, nil},
		{"odd sides", card.OpenGraph, ours(t, 1001, 671, 12), render.JPEG, nil},
		{"cropped where a block ends", card.OpenGraph, ours(t, 1100, 747, 12), render.PNG, &card.Focal{X: 0.5036, Y: 0.35}},
	} {
		c := newCard(t, tt.photo != nil)
		c.Size, c.Photo.Focal = tt.size, tt.focal
		decoder := photo.NewDecoder(photo.DefaultDecodeBytes)
		data := whole(t, r, decoder, c, tt.photo, tt.format)
		if again := whole(t, r, decoder, c, tt.photo, tt.format); !bytes.Equal(again, data) {
			t.Errorf("%s: other bytes once its focus is known", tt.name)
		}
		if fresh := whole(t, r, photo.NewDecoder(photo.DefaultDecodeBytes), c, tt.photo, tt.format); !bytes.Equal(fresh, data) {
			t.Errorf("%s: other bytes from another decoder", tt.name)
		}
		fmt.Fprintf(&out, "%s %dx%d %s %d %x\n", tt.name, tt.size.W, tt.size.H, tt.format, len(data), sha256.Sum256(data))
	}
	golden.Text(t, "bytes.txt", out.String())
}

// ours returns a photo encoded by package render, so that its bytes do not depend on the version of Go.
func ours(t testing.TB, w, h, grain int) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := render.Encode(&out, scene.Photo(w, h, grain, 7), render.Encoding{Format: render.JPEG}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// whole draws and encodes a card. data is the file of its photo; nil means no photo.
func whole(t testing.TB, r *render.Renderer, decoder *photo.Decoder, c card.Card, data []byte, f render.Format) []byte {
	t.Helper()
	var out bytes.Buffer
	draw := func(p render.Photo) error {
		d, err := r.Draw(t.Context(), c, p)
		if err != nil {
			return err
		}
		defer d.Release()
		return d.Encode(&out, render.Encoding{Format: f, MaxBytes: render.MaxPhotoBytes})
	}
	var err error
	if data == nil {
		err = draw(nil)
	} else {
		err = decoder.Decode(t.Context(), data, r.Paper(c), func(p *photo.Photo) error { return draw(p) })
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
