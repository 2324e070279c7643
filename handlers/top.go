package handlers

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/store"
)

// topStories are the stories most opened and shared.
func (s *server) topStories(c echo.Context) error {
	q, err := openQuery(c, "window", "limit", "by", "site")
	if err != nil {
		return err
	}
	span, back, err := window(q)
	if err != nil {
		return err
	}
	limit, err := number(q, "limit", 10, 1, maxTop)
	if err != nil {
		return err
	}
	if !slices.Contains([]string{"", "clicks", "shares"}, q.Get("by")) {
		return field("by", "must be clicks or shares")
	}
	stories, err := s.top.get(c.Request().Context(), newListKey(back, q.Get("by"), q.Get("site")))
	if err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "public, max-age=5")
	return c.JSON(http.StatusOK, api.Top{Window: span, Stories: stories[:min(limit, len(stories))]})
}

// countTop asks the store for a list, and makes of it what readers see.
func (s *server) countTop(ctx context.Context, q store.TopQuery) ([]api.TopStory, error) {
	top, err := s.Clicks.Top(ctx, q)
	if err != nil {
		return nil, err
	}
	stories := make([]api.TopStory, 0, len(top))
	for i, t := range top {
		a := t.Record.Article
		if !article.Writable(a.PublishedAt) { // stored by an earlier version
			a.PublishedAt = time.Time{}
		}
		stories = append(stories, api.TopStory{
			Rank: i + 1, Id: a.ID, Headline: a.Headline, Url: a.URL, ShortUrl: s.absolute("/s/" + t.Record.Code), Site: a.Site,
			Image: s.picture(t.Record, card.OpenGraph).URL, Clicks: t.Clicks, Shares: t.Shares, PublishedAt: a.PublishedAt.UTC(),
		})
	}
	return stories, nil
}
