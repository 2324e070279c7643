package embed

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/card"
	"newsroom.example/cards/handlers/lookup"
	"newsroom.example/cards/handlers/request"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/oembed"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/share"
)

// OEmbed answers for a registered story (oEmbed 1.0). The type is rich: for "link" Mastodon shows only a
// title, for "rich" it reads the page's own tags as well.
func (h *Handlers) OEmbed(c echo.Context) error {
	q, err := request.OpenQuery(c, "url", "format", "maxwidth", "maxheight")
	if err != nil {
		return err
	}
	format := q.Get("format")
	if format != "" && format != "json" && format != "xml" {
		return fmt.Errorf("%w: %w", errFormat, fault.InField("format", "must be json or xml"))
	}
	width, err := request.Number(q, "maxwidth", oembed.Width, 1, maxEmbed)
	if err != nil {
		return err
	}
	height, err := request.Number(q, "maxheight", oembed.Height, 1, maxEmbed)
	if err != nil {
		return err
	}
	canonical, err := share.Canonical(q.Get("url"))
	if err != nil {
		return err
	}
	rec, err := h.storyAt(c, canonical, q.Get("url"))
	if err != nil {
		return err
	}
	picture := func(size card.Size) article.Picture { return h.Present.Picture(rec, size) }
	found := oembed.Of(rec.Shown(), h.linksOf(rec), picture, width, height)
	c.Response().Header().Set("Cache-Control", "public, max-age=300")
	if format == "xml" {
		raw, err := oembed.XML(found)
		if err != nil {
			return err
		}
		return c.Blob(http.StatusOK, "text/xml; charset=utf-8", raw)
	}
	return c.JSON(http.StatusOK, found)
}

// linksOf returns where the embed of a story leads: through its short link, which counts.
func (h *Handlers) linksOf(rec store.Record) oembed.Links {
	if rec.Code == "" {
		return oembed.Links{Story: rec.Article.SharedURL()}
	}
	return oembed.Links{Story: h.Present.Absolute("/s/" + rec.Code), Frame: h.Present.Absolute("/embed/story/" + rec.Code)}
}

// maxEmbed is the largest accepted maxwidth and maxheight, in CSS pixels. It is large because some consumers
// send a huge value to mean no limit.
const maxEmbed = 1_000_000

// errFormat reports an unknown format: 501, as oEmbed requires.
var errFormat = fault.Public(fault.NotImplemented, "unknown format", "format must be json or xml")

// storyAt returns the story of an address, given also in its canonical form: the URL of a story, a variant of one, or a
// short URL of this service.
func (h *Handlers) storyAt(c echo.Context, canonical, address string) (store.Record, error) {
	if code, ok := h.shortCode(canonical); ok {
		return h.Find.ByCode(c, code)
	}
	return h.Find.AtAddress(c.Request().Context(), address)
}

// shortCode returns the code in a short URL of this service.
func (h *Handlers) shortCode(canonical string) (string, bool) {
	ours, err := share.Canonical(h.Present.Absolute("/s/"))
	if err != nil {
		return "", false
	}
	rest, ok := strings.CutPrefix(canonical, ours)
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		rest = rest[:end]
	}
	return rest, ok && lookup.IsCode(rest)
}
