package photos

import (
	"context"
	"fmt"
	"image"
	"image/color"

	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/photo"
)

// triedPx is the size at which an upload is tried: small, and yet every part of it is read.
var triedPx = image.Pt(400, 400)

// Upload keeps an editor's photo that can be decoded, so that a broken one is refused while the
// editor is there, and not drawn over for ever. So is half a photo: no source will mend it. Errors are
// package photo's kinds and the store's.
func (s *Store) Upload(ctx context.Context, data []byte) (Photo, error) {
	o, err := inspected(data)
	if err != nil {
		return Photo{}, err
	}
	if err := s.try(ctx, o); err != nil {
		return Photo{}, err
	}
	return s.keep(ctx, o)
}

// try decodes the photo. Half a photo is fault.ErrSourceIncomplete, also where most of it can be shown.
func (s *Store) try(ctx context.Context, o *original) error {
	cut := false
	err := s.decoder.Open(ctx, o.data, o.info, color.White, func(p *photo.Photo) error {
		_, _, err := p.Pixels(image.Rectangle{Max: p.Size()}, triedPx)
		cut = p.Cut()
		return err
	})
	if err == nil && cut {
		err = fmt.Errorf("the file is cut short: %w", fault.ErrSourceIncomplete)
	}
	return err
}
