package handlers

import (
	"net/http"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"cards/api"
	"cards/article"
	"cards/card"
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
	limit, err := number(q, "limit", 10, 1, 100)
	if err != nil {
		return err
	}
	if !slices.Contains([]string{"", "clicks", "shares"}, q.Get("by")) {
		return field("by", "must be clicks or shares")
	}
	top, err := s.top.get(c.Request().Context(), listKey{window: back, by: q.Get("by"), site: q.Get("site"), limit: limit})
	if err != nil {
		return err
	}
	answer := api.Top{Window: span, Stories: make([]api.TopStory, 0, len(top))}
	for i, t := range top {
		a := t.Record.Article
		if !article.Writable(a.PublishedAt) { // kept by an earlier version
			a.PublishedAt = time.Time{}
		}
		answer.Stories = append(answer.Stories, api.TopStory{
			Rank: i + 1, Id: a.ID, Headline: a.Headline, Url: a.URL, ShortUrl: s.absolute("/s/" + t.Record.Code), Site: a.Site,
			Image: s.picture(t.Record, card.OpenGraph).URL, Clicks: t.Clicks, Shares: t.Shares, PublishedAt: a.PublishedAt.UTC(),
		})
	}
	c.Response().Header().Set("Cache-Control", "public, max-age=5")
	return c.JSON(http.StatusOK, answer)
}
