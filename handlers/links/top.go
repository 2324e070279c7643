package links

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/card"
	"newsroom.example/cards/handlers/request"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/store"
)

// Top answers with the stories that were opened or shared most.
func (h *Handlers) Top(c echo.Context) error {
	q, err := request.OpenQuery(c, "window", "limit", "by", "site")
	if err != nil {
		return err
	}
	span, back, err := request.Window(q)
	if err != nil {
		return err
	}
	limit, err := request.Number(q, "limit", 10, 1, maxTop)
	if err != nil {
		return err
	}
	if !slices.Contains([]string{"", "clicks", "shares"}, q.Get("by")) {
		return fault.InField("by", "must be clicks or shares")
	}
	stories, err := h.top.get(c.Request().Context(), newListKey(back, q.Get("by"), q.Get("site")))
	if err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "public, max-age=5")
	return c.JSON(http.StatusOK, api.Top{Window: span, Stories: stories[:min(limit, len(stories))]})
}

// countTop gets a list from the store and converts it to the API's form.
func (h *Handlers) countTop(ctx context.Context, q store.TopQuery) ([]api.TopStory, error) {
	top, err := h.Clicks.Top(ctx, q)
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
			Rank: i + 1, Id: a.ID, Headline: a.Headline, Url: a.URL, ShortUrl: h.Present.Absolute("/s/" + t.Record.Code),
			Site:  a.Site,
			Image: h.Present.Picture(t.Record, card.OpenGraph).URL, Clicks: t.Clicks, Shares: t.Shares,
			PublishedAt: a.PublishedAt.UTC(),
		})
	}
	return stories, nil
}
