package embed

import (
	"cmp"
	"net/http"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/card"
	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/handlers/present"
	"newsroom.example/cards/internal/web"
)

// Story answers with a story as a page for the frames of other sites, which allow it nothing but scripts: the HTML of
// oEmbed names it.
func (h *Handlers) Story(c echo.Context) error {
	rec, err := h.Find.Coded(c)
	if err != nil {
		return err
	}
	a, picture := rec.Shown(), h.Present.Picture(rec, card.OpenGraph)
	d := web.EmbedData{
		Lang: a.Lang, Headline: a.Headline, Alt: a.Alt(), Site: cmp.Or(a.Site, present.HostOf(a.URL)),
		URL: h.Present.Absolute("/s/" + rec.Code), Picture: picture.URL, Width: picture.Width, Height: picture.Height,
	}
	c.Response().Header().Set("Cache-Control", "public, max-age=300")
	c.Response().Header().Set("X-Robots-Tag", "noindex")
	return answer.Page(c, h.framePolicy(), func(w http.ResponseWriter) error { return h.Pages.Embed(w, d) })
}

// framePolicy allows the page its own files, and every site to frame it. In a sandbox the page has no origin of its
// own, so the origin is named.
func (h *Handlers) framePolicy() string {
	from := "'self' " + h.Present.Absolute("/")
	return "default-src 'none'; script-src " + from + "; style-src " + from + "; img-src " + from + "; base-uri 'none'"
}
