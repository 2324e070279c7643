package stories

import (
	"context"
	"errors"
	"fmt"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/store"
)

// Article is the current version of an article for its editors, embargoed or not.
func (s *Service) Article(ctx context.Context, id string) (store.Record, error) {
	return s.store.Article(ctx, id)
}

// Articles lists articles by id, limit of them, after the one that cursor names.
func (s *Service) Articles(ctx context.Context, cursor string, limit int) (page []store.Record, next string,
	err error) {
	return s.store.Articles(ctx, cursor, limit)
}

// Delete withdraws an article, at once: it waits for no photo, and Puts that began before it store nothing
// after it, also where nothing was stored yet (store.ErrNotFound) or it is withdrawn already (store.ErrGone).
func (s *Service) Delete(ctx context.Context, id string) error {
	turn, leave := s.turns.of(id)
	defer leave()
	turn.Lock()
	defer turn.Unlock()
	err := s.store.DeleteArticle(ctx, id)
	if err == nil || errors.Is(err, store.ErrNotFound) || errors.Is(err, store.ErrGone) {
		turn.withdrawn.Add(1)
	}
	return err
}

// ErrEmbargoed is the store.ErrNotFound of an article that is not public yet.
var ErrEmbargoed = fmt.Errorf("under embargo: %w", store.ErrNotFound)

// Current is the public record of an article: ErrEmbargoed under embargo,
// store.ErrGone when it was withdrawn.
func (s *Service) Current(ctx context.Context, id string) (store.Record, error) {
	return s.public(s.store.Article(ctx, id))
}

// ByCode is the public record behind a short code; errors as Current.
func (s *Service) ByCode(ctx context.Context, code string) (store.Record, error) {
	return s.public(s.store.ByCode(ctx, code))
}

// ByURL is the public record of a canonical URL; errors as Current.
func (s *Service) ByURL(ctx context.Context, url string) (store.Record, error) {
	return s.public(s.store.ByURL(ctx, url))
}

func (s *Service) public(rec store.Record, err error) (store.Record, error) {
	if err == nil && !rec.Article.Public(s.now()) {
		return store.Record{}, ErrEmbargoed
	}
	return rec, err
}

// PictureRequest names a picture of an article.
type PictureRequest struct {
	ID, Version string // empty version: the current one
	Size        string // as card.ParseSize reads it
	Format      string // "jpg" or "png"
}

// Card is the card of a picture of an article, for readers. Errors as Current; card.ErrInvalid for the size.
func (s *Service) Card(ctx context.Context, q PictureRequest) (card.Card, error) {
	size, err := card.ParseSize(q.Size)
	if err != nil {
		return card.Card{}, &card.FieldError{Field: "size", Problem: err.Error()}
	}
	rec, err := s.record(ctx, q)
	if err != nil {
		return card.Card{}, err
	}
	c := cardOf(rec, size)
	if s.designs.Check(c) != nil { // its theme or template is gone: shared links must not break
		c.Theme, c.Template = "", ""
	}
	return c, nil
}

// record is the version asked for. The embargo of the current version holds for all of them.
func (s *Service) record(ctx context.Context, q PictureRequest) (store.Record, error) {
	current, err := s.Current(ctx, q.ID)
	if err != nil || q.Version == "" || q.Version == current.Version {
		return current, err
	}
	return s.store.Version(ctx, q.ID, q.Version)
}

// cardOf shows the version from its kept photo; where none is kept, the source is tried again.
func cardOf(rec store.Record, size card.Size) card.Card {
	c := rec.Article.Card(size)
	if rec.PhotoID != "" {
		c.Photo.URL = rec.PhotoID
	}
	return c
}

// Format is the ending of the version's pictures.
func Format(rec store.Record) string { return rec.Article.Card(card.OpenGraph).Format() }
