package stories

import (
	"context"
	"errors"
	"fmt"
	"time"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/store"
)

// Article returns the current version of an article for editors, even under embargo.
func (s *Service) Article(ctx context.Context, id string) (store.Record, error) {
	return s.current(ctx, id)
}

// Articles lists articles; see store.Store. q.Now is the present.
func (s *Service) Articles(ctx context.Context, q store.ArticleQuery) ([]store.Record, store.Cursor, error) {
	q.Now = s.now()
	page, next, err := s.store.Articles(ctx, q)
	if q.State != store.Withdrawn {
		for i := range page {
			page[i] = s.asOfNow(page[i])
		}
	}
	return page, next, err
}

// History lists when which version of an article was the current one; see store.Store.
func (s *Service) History(ctx context.Context, id string, before int64, limit int) ([]store.Period, error) {
	return s.store.History(ctx, id, before, limit)
}

// Sites lists the sites of all articles; see store.Store.
func (s *Service) Sites(ctx context.Context, limit int) ([]string, error) {
	return s.store.Sites(ctx, limit)
}

// Version returns a version of an article for editors, even under embargo.
func (s *Service) Version(ctx context.Context, id, version string) (store.Record, error) {
	return s.store.Version(ctx, id, version)
}

// ErrEmbargoed says that an article is not public yet, or was withdrawn before it was. It wraps store.ErrNotFound.
var ErrEmbargoed = fmt.Errorf("under embargo: %w", store.ErrNotFound)

// Current returns the current version of an article for readers. Errors: store.ErrNotFound, ErrEmbargoed under
// embargo, store.ErrGone if it was withdrawn.
func (s *Service) Current(ctx context.Context, id string) (store.Record, error) {
	return s.public(s.readers.Article(ctx, id))
}

// ByCode is like Current, for the article with the short code.
func (s *Service) ByCode(ctx context.Context, code string) (store.Record, error) {
	return s.public(s.readers.ByCode(ctx, code))
}

// ByURL is like Current, for the article with the first of the canonical URLs that any article has. If that article is
// under embargo, it returns no other in its place. A withdrawn article counts only if there is no other.
func (s *Service) ByURL(ctx context.Context, urls ...string) (store.Record, error) {
	return s.public(s.readers.ByURL(ctx, urls...))
}

func (s *Service) public(rec store.Record, err error) (store.Record, error) {
	if errors.Is(err, store.ErrNeverPublic) || err == nil && !rec.Article.Public(s.now()) {
		return store.Record{}, ErrEmbargoed
	}
	if err != nil {
		return rec, err
	}
	return s.asOfNow(rec), nil
}

// PictureRequest identifies a picture of an article.
type PictureRequest struct {
	ID, Version string // an empty Version means the current one
	Size        string // as card.ParseSize reads it
	Format      string // "jpg" or "png"
	Embargoed   bool   // for the newsroom: find the article under embargo too
}

// Picture is what a picture of an article shows.
type Picture struct {
	Card card.Card
	// Until is when the picture must not be shown any more, as the rights of its photo end; zero: never.
	Until time.Time
	// Brief says that the card lacks what the version was published with, and may have again: a photo that may not be
	// shown now, or designs that cannot be read.
	Brief  bool
	Latest string // the current version, if the picture is one of an earlier version; else empty
}

// Card returns the card of an article's picture, for readers unless q says otherwise. Errors: those of Current,
// card.ErrInvalid for the size, and one of kind fault.PhotoGone for a version whose photo was withdrawn since, or which
// was retracted.
func (s *Service) Card(ctx context.Context, q PictureRequest) (p Picture, err error) {
	size, err := card.ParseSize(q.Size)
	if err != nil {
		return p, &card.FieldError{Field: "size", Problem: err.Error()}
	}
	rec, current, err := s.record(ctx, q)
	if err != nil {
		return p, err
	}
	if Retracted(rec, current) {
		return p, errRetracted
	}
	if rec.Version != current.Version {
		p.Latest = current.Version
	}
	rec, p.Until, p.Brief = s.asAllowed(rec, current)
	c, whole := s.inDesigns(ctx, rec, size)
	p.Brief = p.Brief || !whole
	if s.removals.known.Has(c.Photo.URL) || s.removals.known.Has(c.Portrait.URL) {
		return p, errPictureGone
	}
	if s.designs.Check(c) != nil { // the theme or template was removed: shared links must not break
		c.Theme, c.Template = "", ""
	}
	p.Card = c
	return p, nil
}

// errPictureGone is for pictures of a withdrawn photo.
var errPictureGone = fault.Public(fault.PhotoGone, "picture of a withdrawn photo",
	"the photo of this picture was withdrawn")

// record returns the requested version, and the current one. An embargo of the current version applies to all versions.
func (s *Service) record(ctx context.Context, q PictureRequest) (rec, current store.Record, err error) {
	find := s.Current
	if q.Embargoed {
		find = s.Article
	}
	current, err = find(ctx, q.ID)
	if err != nil || q.Version == "" || q.Version == current.Version {
		return current, current, err
	}
	rec, err = s.readers.Version(ctx, q.ID, q.Version)
	return rec, current, err
}

// cardOf returns the card of a version. It shows the stored photo and portrait; one that is not stored is fetched again
// for each picture. If the photo was withdrawn, the card has none.
func cardOf(rec store.Record, size card.Size) card.Card {
	c := rec.Shown().Card(size)
	c.Designs = rec.Article.Designs
	if rec.PhotoID != "" && rec.PhotoID != store.NoPhoto {
		c.Photo.URL = rec.PhotoID
	}
	if id := rec.Article.PortraitID; id != "" && id != store.NoPhoto {
		c.Portrait.URL = id
	}
	return c
}

// Format returns the format of the version's pictures, "jpg" or "png".
func Format(rec store.Record) string { return rec.Shown().Card(card.OpenGraph).Format() }
