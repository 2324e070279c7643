package pictures_test

import (
	"bytes"
	"context"
	"image/color"
	"log/slog"
	"testing"

	"newsroom.example/cards/internal/photo"
	"newsroom.example/cards/internal/pictures"
	"newsroom.example/cards/render"
)

// album has one photo.
type album struct {
	decoder *photo.Decoder
	data    []byte
}

func (a album) Load(context.Context, string) error { return nil }

func (a album) Decode(ctx context.Context, _ string, paper color.Color, use func(render.Photo) error) (string, error) {
	return "upload:album", a.decoder.Decode(ctx, a.data, paper, func(p *photo.Photo) error { return use(p) })
}

// TestIdleProcessorsChangeNoByte: one goroutine and two goroutines produce the same bytes, in decoding and encoding.
func TestIdleProcessorsChangeNoByte(t *testing.T) {
	data := ours(t, 1900, 1300, 30)
	var alone []byte
	for slots := 1; slots <= 3; slots++ {
		a := album{photo.NewDecoder(photo.DefaultDecodeBytes), data}
		s := pictures.New(pictures.Config{Photos: a, Renderer: newRenderer(t), Cache: &memory{kept: map[string][]byte{}}, Log: slog.New(slog.DiscardHandler), Slots: slots})
		lent := 0
		a.decoder.Spare = func() func() {
			release := s.Spare()
			if release != nil {
				lent++
			}
			return release
		}
		img, err := s.Preview(t.Context(), newCard(t, true), "jpg", pictures.Options{Strict: true})
		if err != nil {
			t.Fatal(err)
		}
		if lent > 0 != (slots > 1) {
			t.Errorf("%d slots: %d lent to the decoder", slots, lent)
		}
		if release := s.Spare(); release == nil {
			t.Errorf("%d slots: none is free afterwards", slots)
		}
		if alone == nil {
			alone = img.Bytes
		}
		if !bytes.Equal(img.Bytes, alone) {
			t.Errorf("%d slots: other bytes", slots)
		}
	}
}
