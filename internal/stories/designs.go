package stories

import (
	"context"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/store"
)

// keepDesigns stores the designs that the version is drawn with. If that fails, the version is drawn with those that
// are present at the time: a story is not held up by its looks.
func (s *Service) keepDesigns(ctx context.Context, rec store.Record) store.Record {
	if rec.Article.Designs == "" {
		return rec
	}
	if err := s.kept.Save(ctx, rec.Article.Designs); err != nil {
		s.log.ErrorContext(ctx, "designs are not kept", "article", rec.Article.ID, "error", err)
		rec.Article.Designs = ""
	}
	return rec
}

// inDesigns returns the card of a version with the designs that it was published with. whole is false if they cannot be
// read: then it has the present ones.
func (s *Service) inDesigns(ctx context.Context, rec store.Record, size card.Size) (c card.Card, whole bool) {
	c = cardOf(rec, size)
	if c.Designs == "" {
		return c, true
	}
	if s.kept == nil {
		c.Designs = ""
		return c, false
	}
	if err := s.kept.Load(ctx, c.Designs); err != nil {
		s.log.WarnContext(ctx, "designs of a version cannot be read", "article", rec.Article.ID, "version", rec.Version,
			"error", err)
		c.Designs = ""
		return c, false
	}
	return c, true
}
