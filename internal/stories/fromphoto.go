package stories

import (
	"context"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/store"
)

// fill gives the article the caption and the credit of the file of its photo, where it has none. After an outage these
// are those of the photo that it goes on showing.
func (s *Service) fill(ctx context.Context, a article.Article, photoID string, got fetched) (article.Article, error) {
	switch {
	case photoID == "" || photoID == store.NoPhoto || !s.designs.ShowsPhoto(a.Card(card.OpenGraph)):
		return a.Filling("", ""), nil
	case got.problem == nil:
		says := got.says.Decoded(a.Lang)
		return a.Filling(says.Caption, says.Line()), nil
	}
	current, err := s.store.Article(ctx, a.ID)
	switch {
	case isAbsent(err) || err == nil && current.PhotoID != photoID:
		return a.Filling("", ""), nil
	case err != nil:
		return a, err
	}
	return a.Filling(current.Article.FromPhoto.Caption, current.Article.FromPhoto.Credit), nil
}
