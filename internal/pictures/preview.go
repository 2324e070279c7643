// Package pictures is the one way from a card to an encoded picture:
// kept picture, drawing in flight, photo, slot, drawing, encoding, keeping.
package pictures

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image/color"
	"io"
	"log/slog"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"golang.org/x/sync/singleflight"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/blob"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/render"
)

// Image is an encoded picture, ready to be served.
type Image struct {
	Bytes []byte // shared: not to be changed
	Type  string // media type
	ETag  string // strong, quotes included; empty for a degraded picture, and a passing one
	// Degraded is why the photo is missing from the picture, or a part of it; nil for a whole one.
	// Such a picture is never kept.
	Degraded error
}

// Options change how a picture is had, not what it shows.
type Options struct {
	// Strict makes a photo that fails an error, instead of a card without it.
	Strict bool
	// PhotoWait bounds the wait for a photo from outside; zero means as long as ctx allows.
	// The fetch goes on for whoever asks next.
	PhotoWait time.Duration
	// Passing is for a picture that may be another one tomorrow, as Lasts tells: it is not kept, and has
	// no entity tag.
	Passing bool
}

// Photos has photos: first they are had, which takes no processor time, then their pixels. Who
// decodes a photo within moments of loading it does so without the network. An error of Decode, after
// use returned nil, says that a part of the photo is missing, and use had the rest.
type Photos interface {
	Load(ctx context.Context, ref string) error
	Decode(ctx context.Context, ref string, paper color.Color, use func(render.Photo) error) error
}

// Pictures holds drawn cards; a *blob.Cache does.
type Pictures interface {
	Get(ctx context.Context, name string) ([]byte, error) // blob.ErrNotFound where there is none
	Put(ctx context.Context, name string, data []byte) error
	Hold(name string, data []byte) // in memory alone
}

// Config is what a Service is made of.
type Config struct {
	Photos   Photos
	Renderer *render.Renderer
	Pictures Pictures
	Log      *slog.Logger
	Slots    int           // drawings at one time; 0: one a processor
	Queue    int           // drawings that may wait for a slot; 0: 16 a slot
	Timeout  time.Duration // of one drawing, its photo included; 0: 15 s
}

// Service draws cards. It is safe for concurrent use.
type Service struct {
	cfg    Config
	flight singleflight.Group
	slots  *slots
}

// New makes a Service; zero settings take their defaults.
func New(cfg Config) *Service {
	if cfg.Slots == 0 {
		cfg.Slots = runtime.GOMAXPROCS(0)
	}
	if cfg.Queue == 0 {
		cfg.Queue = 16 * cfg.Slots
	}
	if cfg.Timeout == 0 {
		cfg.Timeout = 15 * time.Second
	}
	return &Service{cfg: cfg, slots: newSlots(cfg.Slots, cfg.Queue)}
}

// Spare lends a processor that no drawing uses now: nil where there is none. It must be given back
// as soon as the one work that it was taken for is done.
func (s *Service) Spare() (giveBack func()) { return s.slots.spare() }

// Key names the picture of a card, and gives the entity tag that the whole one has, without
// drawing it.
func (s *Service) Key(c card.Card, format string) card.Key {
	return c.Key(s.cfg.Renderer.Version(c), format)
}

// Lasts reports a card that shows the same photo for ever: one that is named by its bytes, or none. What
// the address of another shows is its source's to change.
func (s *Service) Lasts(c card.Card) bool {
	return c.Photo.URL == "" || strings.HasPrefix(c.Photo.URL, "upload:") || !s.cfg.Renderer.ShowsPhoto(c)
}

// Kept is the picture of the key as it was drawn before. It waits for no drawing.
func (s *Service) Kept(ctx context.Context, key card.Key, format string) (Image, bool) {
	f, err := render.ParseFormat(format)
	if err != nil {
		return Image{}, false
	}
	return s.kept(ctx, key, f)
}

// Preview is the card encoded as format, "jpg" or "png". The card must be normalized.
// Errors: card.ErrInvalid for an unknown format, theme or template, ErrOverloaded, the context's own,
// and with Strict those of packages fetch and photo.
func (s *Service) Preview(ctx context.Context, c card.Card, format string, o Options) (Image, error) {
	f, err := render.ParseFormat(format)
	if err != nil {
		return Image{}, &card.FieldError{Field: "format", Problem: "must be jpg or png"}
	}
	if err := s.cfg.Renderer.Check(c); err != nil {
		return Image{}, err
	}
	key := s.Key(c, format)
	if img, ok := s.kept(ctx, key, f); ok && !o.Passing {
		return img, nil
	}
	return s.join(ctx, key, func(ctx context.Context) (Image, error) { return s.make(ctx, c, f, key, o) }, o)
}

// kept is the picture as it was drawn before.
func (s *Service) kept(ctx context.Context, key card.Key, f render.Format) (Image, bool) {
	data, err := s.cfg.Pictures.Get(ctx, blobName(key, f))
	if err != nil {
		if !errors.Is(err, blob.ErrNotFound) {
			s.cfg.Log.WarnContext(ctx, "kept picture cannot be read; drawing it anew", "key", key, "error", err)
		}
		return Image{}, false
	}
	return Image{Bytes: data, Type: mediaType(f), ETag: key.ETag()}, true
}

// join waits for the one drawing of the key, which goes on when a waiter leaves.
func (s *Service) join(ctx context.Context, key card.Key, draw func(context.Context) (Image, error),
	o Options) (Image, error) {
	name := fmt.Sprintf("%s %t %s %t", key, o.Strict, o.PhotoWait, o.Passing)
	result := s.flight.DoChan(name, func() (v any, err error) {
		defer func() { // the goroutine is its own: nobody else could catch it
			if r := recover(); r != nil {
				err = fmt.Errorf("draw %s: panic: %v\n%s", key, r, debug.Stack())
			}
		}()
		detached, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.cfg.Timeout)
		defer cancel()
		return draw(detached)
	})
	select {
	case <-ctx.Done():
		return Image{}, ctx.Err()
	case r := <-result:
		if r.Err != nil {
			return Image{}, r.Err
		}
		return r.Val.(Image), nil
	}
}

func (s *Service) make(ctx context.Context, c card.Card, f render.Format, key card.Key, o Options) (Image, error) {
	photo, failed := s.photo(ctx, c, o)
	if failed != nil && o.Strict {
		return Image{}, failed
	}
	data, err := s.draw(ctx, c, f, photo)
	if err != nil && photo != "" && fault.KindOf(err).OfPhoto() && !o.Strict {
		failed = err
		if err = nil; data == nil {
			data, err = s.draw(ctx, c, f, "")
		}
	}
	if err != nil {
		return Image{}, err
	}
	if failed != nil {
		s.cfg.Log.WarnContext(ctx, "card drawn without its whole photo", "key", key, "error", failed)
		return Image{Bytes: data, Type: mediaType(f), Degraded: failed}, nil
	}
	if now := s.Key(c, string(f)); now != key { // a theme was changed while it was drawn
		return s.make(ctx, c, f, now, o)
	}
	if o.Passing {
		return Image{Bytes: data, Type: mediaType(f)}, nil
	}
	s.store(ctx, c, blobName(key, f), data)
	return Image{Bytes: data, Type: mediaType(f), ETag: key.ETag()}, nil
}

// store keeps a drawn card. One in a size without a name is held in memory alone: there are millions of them.
func (s *Service) store(ctx context.Context, c card.Card, name string, data []byte) {
	if !c.Size.Named() {
		s.cfg.Pictures.Hold(name, data)
		return
	}
	if err := s.cfg.Pictures.Put(ctx, name, data); err != nil {
		s.cfg.Log.ErrorContext(ctx, "drawn card is not stored", "name", name, "error", err)
	}
}

// photo sees to it that the card's photo is at hand, and names it; empty where the card shows
// none. Its bytes are not held while the drawing waits for a slot.
func (s *Service) photo(ctx context.Context, c card.Card, o Options) (string, error) {
	if c.Photo.URL == "" || !s.cfg.Renderer.ShowsPhoto(c) {
		return "", nil
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

// draw draws the card and encodes it. There is a picture beside the error where only a part of the
// photo is missing.
func (s *Service) draw(ctx context.Context, c card.Card, f render.Format, photo string) (data []byte, err error) {
	err = s.withPhoto(ctx, c, photo, func(photo render.Photo) error {
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
		data = out.Bytes()
		return nil
	})
	return data, err
}

// encode encodes a drawn card, with a processor more where one is idle.
func (s *Service) encode(w io.Writer, d *render.Drawing, f render.Format) error {
	o := render.Encoding{Format: f, MaxBytes: render.MaxPhotoBytes}
	if f == render.JPEG {
		if giveBack := s.Spare(); giveBack != nil {
			defer giveBack()
			o.Cores = 2
		}
	}
	return d.Encode(w, o)
}

// withPhoto takes a slot for work that needs a processor, and opens the photo for it; nil where
// none is named.
func (s *Service) withPhoto(ctx context.Context, c card.Card, photo string, work func(render.Photo) error) error {
	if err := s.slots.take(ctx); err != nil {
		return err
	}
	defer s.slots.release()
	if photo == "" {
		return work(nil)
	}
	return s.cfg.Photos.Decode(ctx, photo, s.cfg.Renderer.Paper(c), work)
}

// warn logs what the plan could not set: a picture of replacement marks is never silent.
func (s *Service) warn(ctx context.Context, c card.Card, p render.Plan) {
	for _, w := range p.Warnings {
		s.cfg.Log.WarnContext(ctx, "card is not drawn as written", "warning", w, "lang", c.Lang)
	}
}

func blobName(key card.Key, f render.Format) string { return current + string(key) + "." + string(f) }

func mediaType(f render.Format) string {
	if f == render.PNG {
		return "image/png"
	}
	return "image/jpeg"
}
