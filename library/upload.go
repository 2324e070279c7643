package library

import (
	"context"
	"image"
	"image/color"

	"cards/photo"
)

// triedPx is the size at which an upload is tried: small, and yet every part of it is read.
var triedPx = image.Pt(400, 400)

// Upload keeps an editor's photo that can be decoded, so that a broken one is refused while the
// editor is there, and not drawn over for ever. Errors are package photo's kinds and the store's.
func (l *Library) Upload(ctx context.Context, data []byte) (Photo, error) {
	o, err := inspected(data)
	if err != nil {
		return Photo{}, err
	}
	err = l.decoder.Open(ctx, data, o.info, color.White, func(p *photo.Photo) error {
		_, _, err := p.Pixels(image.Rectangle{Max: p.Size()}, triedPx)
		return err
	})
	if err != nil {
		return Photo{}, err
	}
	return l.shelve(ctx, o)
}
