package pictures

import (
	"context"
	"errors"
	"log/slog"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/blob"
	"newsroom.example/cards/render"
)

// Cache stores encoded pictures by name. *blob.Cache implements it.
type Cache interface {
	Get(ctx context.Context, name string) ([]byte, error) // blob.ErrNotFound if there is none
	Put(ctx context.Context, name string, data []byte) error
	Hold(name string, data []byte) // in memory only
	Delete(ctx context.Context, name string) error
	// DeleteFunc deletes the pictures for which match returns true and returns their number. head is the beginning
	// of a picture, at most n bytes. labels are IDs of photos: a cache that cannot look at every picture looks only for
	// those that were drawn from one of them; see PhotoOf.
	DeleteFunc(ctx context.Context, labels []string, n int,
		match func(name string, head []byte) bool) (deleted int, err error)
}

// Cached returns the picture of the key if it has been drawn before, is still cached, and shows no withdrawn photo. It
// never waits for a drawing. byURL says that the card has the URL of a photo; see card.Card.ByURL.
func (s *Service) Cached(ctx context.Context, key card.Key, format string, byURL bool) (Image, bool) {
	f, err := render.ParseFormat(format)
	if err != nil {
		return Image{}, false
	}
	return s.cached(ctx, key, f, byURL)
}

func (s *Service) cached(ctx context.Context, key card.Key, f render.Format, byURL bool) (Image, bool) {
	name := blobName(key, f)
	data, err := s.cfg.Cache.Get(ctx, name)
	if err != nil {
		if !errors.Is(err, blob.ErrNotFound) {
			s.sampled.Log(ctx, slog.LevelWarn, "cached pictures cannot be read; they are drawn again", "cache", err)
		}
		return Image{}, false
	}
	photo, picture := unmark(data)
	if picture == nil || s.Withdrawn(photo) {
		s.remove(ctx, name)
		return Image{}, false
	}
	return Image{
		Bytes: picture, Type: card.MediaType(string(f)), ETag: tag(key, photo, byURL), Photo: photo,
	}, true
}

// tag returns the entity tag of a complete picture. A card with a photo by URL can be drawn again from another
// photo, and two different pictures must not share a strong tag. Any other card names its photo, and so does its key.
func tag(key card.Key, photo string, byURL bool) string {
	if byURL && photo != "" {
		key = key.With(photo)
	}
	return key.ETag()
}

// store adds a picture to the cache, unless its photo was withdrawn while it was drawn. A picture in an unnamed size is
// cached in memory only: there are millions of such sizes, and they would fill the disk.
func (s *Service) store(ctx context.Context, c card.Card, name string, img Image) {
	data := mark(img.Photo, img.Bytes)
	if !c.Size.Named() {
		s.cfg.Cache.Hold(name, data)
	} else if err := s.cfg.Cache.Put(ctx, name, data); err != nil {
		s.sampled.Log(ctx, slog.LevelError, "drawn cards are not stored", "cache", err)
	}
	// RemoveWithdrawn may have searched the cache before the picture was there. Then the photo was withdrawn before that.
	if s.Withdrawn(img.Photo) {
		s.remove(ctx, name)
	}
}

func (s *Service) remove(ctx context.Context, name string) {
	if err := s.cfg.Cache.Delete(ctx, name); err != nil {
		s.cfg.Log.ErrorContext(ctx, "cached picture is not removed", "name", name, "error", err)
	}
}

func blobName(key card.Key, f render.Format) string { return current + string(key) + "." + string(f) }
