package pictures

import (
	"context"
	"errors"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/blob"
	"newsroom.example/cards/render"
)

// Cache stores encoded pictures by name. *blob.Cache implements it.
type Cache interface {
	Get(ctx context.Context, name string) ([]byte, error) // blob.ErrNotFound if there is none
	Put(ctx context.Context, name string, data []byte) error
	Hold(name string, data []byte) // in memory only
}

// Cached returns the picture of the key if it has been drawn before and is still cached. It never waits for a
// drawing.
func (s *Service) Cached(ctx context.Context, key card.Key, format string) (Image, bool) {
	f, err := render.ParseFormat(format)
	if err != nil {
		return Image{}, false
	}
	return s.cached(ctx, key, f)
}

func (s *Service) cached(ctx context.Context, key card.Key, f render.Format) (Image, bool) {
	data, err := s.cfg.Cache.Get(ctx, blobName(key, f))
	if err != nil {
		if !errors.Is(err, blob.ErrNotFound) {
			s.cfg.Log.WarnContext(ctx, "cached picture cannot be read; drawing it again", "key", key, "error", err)
		}
		return Image{}, false
	}
	return Image{Bytes: data, Type: card.MediaType(string(f)), ETag: key.ETag()}, true
}

// store adds a picture to the cache. A picture in an unnamed size is cached in memory only: there are millions of
// such sizes, and they would fill the disk.
func (s *Service) store(ctx context.Context, c card.Card, name string, data []byte) {
	if !c.Size.Named() {
		s.cfg.Cache.Hold(name, data)
		return
	}
	if err := s.cfg.Cache.Put(ctx, name, data); err != nil {
		s.cfg.Log.ErrorContext(ctx, "drawn card is not stored", "name", name, "error", err)
	}
}

func blobName(key card.Key, f render.Format) string { return current + string(key) + "." + string(f) }
