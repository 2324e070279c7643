package pictures

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/render"
)

// shown are the pictures that a card shows, as far as they can be used.
type shown struct {
	photo, face string // references of the photo and the portrait; empty: none

	failed     error // why the photo, or a part of it, is missing
	faceFailed error // why the portrait, or a part of it, is missing
}

// ErrPortrait says that an error is that of a card's portrait, not of its photo.
var ErrPortrait = errors.New("portrait")

// degraded returns why a picture is missing; nil if none is.
func (p *shown) degraded() error {
	if p.failed != nil {
		return p.failed
	}
	return p.faceFailed
}

// showsAny reports whether the card shows a photo or a portrait.
func (s *Service) showsAny(c card.Card) bool {
	return c.Photo.URL != "" && s.cfg.Renderer.ShowsPhoto(c) || c.Portrait.URL != "" && s.cfg.Renderer.ShowsPortrait(c)
}

// load loads the card's portrait and photo. The drawing does not hold their bytes while it waits for a slot. The error
// is ErrOverloaded if it would wait in vain, and with Strict why a picture cannot be used.
func (s *Service) load(ctx context.Context, c card.Card, o Options) (p shown, err error) {
	if c.Portrait.URL != "" && s.cfg.Renderer.ShowsPortrait(c) {
		if p.face, p.faceFailed = s.loadOne(ctx, c.Portrait.URL, o); p.faceFailed != nil {
			p.faceFailed = fmt.Errorf("%w: %w", ErrPortrait, p.faceFailed)
			c.Portrait = card.Photo{} // the card may show its photo in place of it
		}
	}
	if c.Photo.URL != "" && s.cfg.Renderer.ShowsPhoto(c) {
		p.photo, p.failed = s.loadOne(ctx, c.Photo.URL, o)
	}
	for _, failed := range []error{p.failed, p.faceFailed} {
		if failed != nil && (o.Strict || errors.Is(failed, ErrOverloaded)) {
			return shown{}, failed
		}
	}
	return p, nil
}

// loadOne loads a photo and returns its reference, or "" and why it cannot be used.
func (s *Service) loadOne(ctx context.Context, ref string, o Options) (string, error) {
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
	defer s.timed(stageLoad)()
	if err := s.cfg.Photos.Load(ctx, ref); err != nil {
		return "", err
	}
	return ref, nil
}

// withUsable is withPhotos, and without Strict calls work again without the photo if that cannot be used, which
// shown.failed says. If only a part of the photo is missing, what work has done with the rest stands.
func (s *Service) withUsable(
	ctx context.Context, c card.Card, p *shown, o Options, work func(photo, portrait render.Photo) error,
) (ids string, err error) {
	done := false
	once := func() (string, error) {
		return s.withPhotos(ctx, c, p, o, func(photo, portrait render.Photo) error {
			err := work(photo, portrait)
			done = err == nil
			return err
		})
	}
	ids, err = once()
	if err == nil || p.photo == "" || o.Strict || !fault.KindOf(err).OfPhoto() {
		return ids, err
	}
	p.failed = err
	if done {
		return ids, nil
	}
	p.photo = ""
	return once()
}

// withPhotos waits for a slot, decodes the portrait and the photo, and calls work with them, or with nil for one that
// is "". It holds the slot until work returns. A portrait that cannot be decoded is left out, which shown.faceFailed
// says; with Strict it is an error. ids are the IDs of the photo and the portrait, with a space between.
func (s *Service) withPhotos(
	ctx context.Context, c card.Card, p *shown, o Options, work func(photo, portrait render.Photo) error,
) (ids string, err error) {
	take := s.slots.take
	if o.Spare {
		take = s.slots.takeSpare
	}
	waited := s.timed(stageWait)
	if err := take(ctx); err != nil {
		return "", err
	}
	waited()
	defer s.slots.release()
	faceID, face := "", render.Photo(nil)
	if p.face != "" {
		if faceID, face, err = s.keep(ctx, c, p.face); err != nil {
			err = fmt.Errorf("%w: %w", ErrPortrait, err)
		}
		if err != nil && (o.Strict || !fault.KindOf(err).OfPhoto()) {
			return "", err
		}
		p.faceFailed = err
	}
	if face == nil {
		faceID = ""
	}
	id := ""
	if p.photo == "" {
		err = work(nil, face)
	} else {
		id, err = s.cfg.Photos.Decode(ctx, p.photo, s.cfg.Renderer.Paper(c), func(photo render.Photo) error {
			return work(photo, face)
		})
	}
	return strings.TrimSpace(id + " " + faceID), err
}

// keep decodes a portrait. It returns both a portrait and an error if only a part of it is missing.
func (s *Service) keep(ctx context.Context, c card.Card, ref string) (id string, face render.Photo, err error) {
	id, err = s.cfg.Photos.Decode(ctx, ref, s.cfg.Renderer.Paper(c), func(p render.Photo) (err error) {
		face, err = render.Keep(p)
		return err
	})
	return id, face, err
}
