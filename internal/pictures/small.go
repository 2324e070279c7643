package pictures

import (
	"bytes"
	"context"
	"image"
	"image/jpeg"

	"golang.org/x/image/draw"

	"newsroom.example/cards/card"
	"newsroom.example/cards/render"
)

// smallQuality keeps text sharp at a fifth of the bytes of a card's full picture.
const smallQuality = 84

// thumbnail is the largest width in pixels that is drawn when there is time.
const thumbnail = 320

// Small draws the card and returns it as a JPEG of the given width in pixels, for screens that show it small. The
// layout is that of the card's size: it is the same picture with fewer pixels, and never a larger one. It is not
// cached. Up to the width of a thumbnail, it is drawn when no other drawing needs the slot: pages show many of them
// beside the one that an editor waits for. Errors are those of Figures; a photo that fails is reported in
// Image.Degraded.
func (s *Service) Small(ctx context.Context, c card.Card, width int) (Image, error) {
	var out bytes.Buffer
	o := Options{Spare: width <= thumbnail}
	drawn, err := s.figures(ctx, c, o, func(ctx context.Context, photo, portrait render.Photo) ([]Figures, error) {
		d, err := s.cfg.Renderer.Draw(ctx, c, photo, portrait)
		if err != nil {
			return nil, err
		}
		defer d.Release()
		out.Reset()
		return []Figures{{}}, jpeg.Encode(&out, shrunk(d.Image, width), &jpeg.Options{Quality: smallQuality})
	})
	if err != nil {
		return Image{}, err
	}
	return Image{Bytes: out.Bytes(), Type: card.MediaType("jpg"), Degraded: drawn[0].Degraded}, nil
}

// shrunk returns the picture at the width, or as it is if it is not wider.
func shrunk(m image.Image, width int) image.Image {
	from := m.Bounds()
	if width >= from.Dx() {
		return m
	}
	height := max(1, (from.Dy()*width+from.Dx()/2)/from.Dx())
	small := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.BiLinear.Scale(small, small.Rect, m, from, draw.Src, nil) // for less than half, it averages
	return small
}
