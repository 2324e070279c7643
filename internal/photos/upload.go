package photos

import (
	"context"
	"fmt"
	"image"
	"image/color"

	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/photo"
)

// triedPx is the size in pixels at which an upload is decoded as a test: small, but every part of the file is read.
var triedPx = image.Pt(400, 400)

// Upload decodes an editor's photo and stores it. A damaged or incomplete photo is an error: the editor can choose
// another one now, while a stored photo could never be repaired. Errors: those of package photo,
// fault.ErrSourceIncomplete, ErrWithdrawn, and those of the blob store.
func (s *Store) Upload(ctx context.Context, data []byte) (Photo, error) {
	o, err := inspected(data)
	if err != nil {
		return Photo{}, err
	}
	if err := s.try(ctx, o); err != nil {
		return Photo{}, err
	}
	return s.add(ctx, o)
}

// try decodes the photo. The error is fault.ErrSourceIncomplete if the photo is incomplete, even if most of it can be
// decoded.
func (s *Store) try(ctx context.Context, o *loaded) error {
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
