package intake

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"newsroom.example/cards/client"
	"newsroom.example/cards/handlers/articles"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/page"
)

// read returns an article with what its page says, and with the archive's words where the page says nothing. Where the
// page may not be read, the archive's words have to do.
func read(ctx context.Context, pages PageReader, a client.Article) (client.Article, error) {
	p, err := pages.Page(ctx, a.URL)
	if errors.Is(err, ErrRobots) && a.Headline != "" {
		return a, nil
	}
	if err != nil {
		return a, err
	}
	s := page.Read(p.Data, p.Type, p.URL)
	if s.Headline = cmp.Or(s.Headline, a.Headline); s.Headline == "" {
		return a, errors.New("the page has no headline")
	}
	of, err := articles.OfPage(s)
	if err != nil {
		return a, fmt.Errorf("the page: %w", err)
	}
	return over(of, a), nil
}

// over returns the article of a page, with the archive's words in the fields that are empty.
func over(of article.Article, a client.Article) client.Article {
	a.URL, a.Headline = of.URL, of.Headline
	if of.Byline != "" {
		a.Byline = of.Byline
	}
	if of.Photo.URL != "" { // its texts belong to it
		a.Photo = client.Photo{URL: of.Photo.URL, Alt: of.Photo.Alt}
		a.Caption, a.Credit = of.Caption, of.Credit
	}
	a.Kicker = cmp.Or(of.Kicker, a.Kicker)
	a.Site = cmp.Or(of.Site, a.Site)
	a.Lang = cmp.Or(of.Lang, a.Lang)
	a.Description = cmp.Or(of.Description, a.Description)
	a.PublishedAt, a.UpdatedAt = cmp.Or(of.PublishedAt, a.PublishedAt), cmp.Or(of.UpdatedAt, a.UpdatedAt)
	if len(of.Tags) > 0 {
		a.Tags = of.Tags
	}
	return a
}
