package pictures

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"time"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/render"
)

// errLate says that a card was drawn without its photo, because that took too long.
var errLate = fmt.Errorf("drawing takes too long: %w", fault.ErrPhotoOverloaded)

// makePlain draws the card without its photo and portrait, and encodes it.
func (s *Service) makePlain(ctx context.Context, c card.Card, f render.Format, o Options) (Image, error) {
	if err := s.plain.take(ctx); err != nil {
		return Image{}, err
	}
	defer s.plain.release()
	img := Image{Type: card.MediaType(string(f)), Degraded: errLate}
	err := s.paint(ctx, c, f, o, nil, nil, &img)
	return img, err
}

// make loads the photo and the portrait, draws the card, encodes it, and caches the picture if it is complete and
// permanent.
func (s *Service) make(ctx context.Context, c card.Card, f render.Format, key card.Key, o Options) (Image, error) {
	if o.Plain && s.showsAny(c) {
		return s.makePlain(ctx, c, f, o)
	}
	shown, err := s.load(ctx, c, o)
	if err != nil {
		return Image{}, err
	}
	img := Image{Type: card.MediaType(string(f))}
	img.Photo, err = s.withUsable(ctx, c, &shown, o, func(photo, portrait render.Photo) error {
		return s.paint(ctx, c, f, o, photo, portrait, &img)
	})
	if err != nil {
		return Image{}, err
	}
	if img.Degraded, img.Portrait = shown.degraded(), shown.faceFailed; img.Degraded != nil {
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
	img.ETag = tag(key, img.Photo, c.ByURL())
	return img, nil
}

// paint draws the card with its opened photo and its portrait, or nil, and encodes it.
func (s *Service) paint(
	ctx context.Context, c card.Card, f render.Format, o Options, photo, portrait render.Photo, img *Image,
) error {
	timed, clock := decodingOf(photo)
	began := time.Now()
	d, err := s.cfg.Renderer.Draw(ctx, c, timed, portrait)
	if err != nil {
		return err
	}
	s.cfg.Watch.Stage(stageDraw, time.Since(began)-clock.took)
	if photo != nil {
		s.cfg.Watch.Stage(stageDecode, clock.took)
	}
	defer d.Release()
	s.warn(ctx, c, d.Plan)
	var out bytes.Buffer
	encoded := s.timed(stageEncode)
	if err := s.encode(&out, d, f); err != nil {
		return err
	}
	encoded()
	img.Bytes = out.Bytes()
	if o.Sketch {
		img.Sketch = s.sketched(ctx, c, d.Plan, photo, portrait)
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

// warn logs what could not be drawn as written, such as characters that no font has.
func (s *Service) warn(ctx context.Context, c card.Card, p render.Plan) {
	for _, w := range p.Warnings {
		s.cfg.Log.WarnContext(ctx, "card is not drawn as written", "warning", w, "lang", c.Lang)
	}
}
