package pictures

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/render"
)

// errLate says that a card was drawn without its photo, because that took too long.
var errLate = fmt.Errorf("drawing takes too long: %w", fault.ErrPhotoOverloaded)

// makePlain draws the card without its photo, and encodes it.
func (s *Service) makePlain(ctx context.Context, c card.Card, f render.Format, o Options) (Image, error) {
	if err := s.plain.take(ctx); err != nil {
		return Image{}, err
	}
	defer s.plain.release()
	img := Image{Type: card.MediaType(string(f)), Degraded: errLate}
	err := s.paint(ctx, c, f, o, nil, &img)
	return img, err
}

// make loads the photo, draws the card, encodes it, and caches the picture if it is complete and permanent.
func (s *Service) make(ctx context.Context, c card.Card, f render.Format, key card.Key, o Options) (Image, error) {
	if o.Plain && s.cfg.Renderer.ShowsPhoto(c) && c.Photo.URL != "" {
		return s.makePlain(ctx, c, f, o)
	}
	photo, failed := s.photo(ctx, c, o)
	if failed != nil && (o.Strict || errors.Is(failed, ErrOverloaded)) {
		return Image{}, failed
	}
	img, err := s.draw(ctx, c, f, photo, o)
	if err != nil && photo != "" && fault.KindOf(err).OfPhoto() && !o.Strict {
		failed = err
		if err = nil; img.Bytes == nil {
			img, err = s.draw(ctx, c, f, "", o)
		}
	}
	if err != nil {
		return Image{}, err
	}
	if failed != nil {
		img.Degraded = failed
		return img, nil
	}
	if now := s.Key(c, string(f)); now != key { // the theme or template changed during the drawing
		return s.make(ctx, c, f, now, o)
	}
	if o.Temporary {
		return img, nil
	}
	s.store(ctx, c, blobName(key, f), img)
	if img.Sketch != nil && s.Permanent(c) {
		s.sketches.put(s.Key(c, ""), img.Sketch)
	}
	img.ETag = tag(key, img.Photo, c.Photo.ByURL())
	return img, nil
}

// photo loads the card's photo and returns its reference, or "" if the card shows no photo. The drawing does not
// hold the photo's bytes while it waits for a slot. The error is ErrOverloaded if it would wait in vain.
func (s *Service) photo(ctx context.Context, c card.Card, o Options) (string, error) {
	if c.Photo.URL == "" || !s.cfg.Renderer.ShowsPhoto(c) {
		return "", nil
	}
	if !o.Spare {
		arrive, err := s.slots.approach()
		if err != nil {
			return "", err
		}
		defer arrive()
	}
	if o.PhotoWait > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, o.PhotoWait)
		defer cancel()
	}
	if err := s.cfg.Photos.Load(ctx, c.Photo.URL); err != nil {
		return "", err
	}
	return c.Photo.URL, nil
}

// draw draws the card and encodes it. If only a part of the photo is missing, it returns both a picture and an
// error.
func (s *Service) draw(
	ctx context.Context, c card.Card, f render.Format, photo string, o Options,
) (img Image, err error) {
	img.Type = card.MediaType(string(f))
	take := s.slots.take
	if o.Spare {
		take = s.slots.takeSpare
	}
	img.Photo, err = s.withPhoto(ctx, c, photo, take, func(photo render.Photo) error {
		return s.paint(ctx, c, f, o, photo, &img)
	})
	return img, err
}

// paint draws the card with an opened photo, or nil, and encodes it.
func (s *Service) paint(
	ctx context.Context, c card.Card, f render.Format, o Options, photo render.Photo, img *Image,
) error {
	d, err := s.cfg.Renderer.Draw(ctx, c, photo)
	if err != nil {
		return err
	}
	defer d.Release()
	s.warn(ctx, c, d.Plan)
	var out bytes.Buffer
	if err := s.encode(&out, d, f); err != nil {
		return err
	}
	img.Bytes = out.Bytes()
	if o.Sketch {
		img.Sketch = s.sketched(ctx, c, d.Plan, photo)
	}
	return nil
}

// encode encodes a drawn card. For a JPEG it uses a second processor if one is idle.
func (s *Service) encode(w io.Writer, d *render.Drawing, f render.Format) error {
	o := render.Encoding{Format: f, MaxBytes: render.MaxPhotoBytes}
	if f == render.JPEG {
		if release := s.Spare(); release != nil {
			defer release()
			o.Cores = 2
		}
	}
	return d.Encode(w, o)
}

// withPhoto waits for a slot with take, decodes the photo and calls work with it, or with nil if photo is "". It holds
// the slot until work returns. id is the ID of the photo.
func (s *Service) withPhoto(
	ctx context.Context, c card.Card, photo string, take func(context.Context) error, work func(render.Photo) error,
) (id string, err error) {
	if err := take(ctx); err != nil {
		return "", err
	}
	defer s.slots.release()
	if photo == "" {
		return "", work(nil)
	}
	return s.cfg.Photos.Decode(ctx, photo, s.cfg.Renderer.Paper(c), work)
}

// warn logs what could not be drawn as written, such as characters that no font has.
func (s *Service) warn(ctx context.Context, c card.Card, p render.Plan) {
	for _, w := range p.Warnings {
		s.cfg.Log.WarnContext(ctx, "card is not drawn as written", "warning", w, "lang", c.Lang)
	}
}
