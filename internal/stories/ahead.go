package stories

import (
	"context"
	"time"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/pictures"
	"newsroom.example/cards/internal/store"
)

// DrawAhead draws the pictures of an article's version in all named sizes that are not cached yet, when nobody else
// needs the slot for it, so that the first crawler does not wait. It does nothing if the version is not the current
// one. Errors: those of pictures.Service.Preview, also context.DeadlineExceeded if no slot was free for long, and those
// of the store.
func (s *Service) DrawAhead(ctx context.Context, id, version string) error {
	return s.drawAhead(ctx, id, func(rec store.Record) bool { return rec.Version == version })
}

// DrawForEmbargo is like DrawAhead, for the current version of an article whose embargo ends at the time.
func (s *Service) DrawForEmbargo(ctx context.Context, id string, end time.Time) error {
	return s.drawAhead(ctx, id, func(rec store.Record) bool { return rec.Article.EmbargoUntil.Equal(end) })
}

func (s *Service) drawAhead(ctx context.Context, id string, wanted func(store.Record) bool) error {
	rec, err := s.current(ctx, id)
	if isAbsent(err) || err == nil && !wanted(rec) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, named := range card.Sizes {
		c, _ := s.inDesigns(ctx, rec, named.Size)
		c, _ = s.drawable(c)
		if !s.previews.Permanent(c) { // without a stored photo it is drawn for each request
			return nil
		}
		if _, err := s.previews.Preview(ctx, c, Format(rec), pictures.Options{Spare: true}); err != nil {
			return err
		}
	}
	return nil
}
