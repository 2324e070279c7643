package links

import (
	"errors"
	"html/template"
	"net/http"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/internal/audience"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/web"
	"newsroom.example/cards/share"
)

// Open counts a click and redirects to the story, with the query of the request if ForwardQuery is set.
func (h *Handlers) Open(c echo.Context) error {
	rec, err := h.Find.Coded(c)
	if err != nil {
		return err
	}
	return h.lead(c, rec, "", func() (string, error) {
		to := rec.Article.SharedURL()
		if h.ForwardQuery {
			to = share.Forward(to, c.Request().URL.RawQuery)
		}
		return to, nil
	})
}

// Share counts a share and redirects to the target. It passes on no query: what is shared is the publication's URL, and
// not what was added to the link of whoever shares.
func (h *Handlers) Share(c echo.Context) error {
	rec, err := h.Find.Coded(c)
	if err != nil {
		return err
	}
	target, ok := share.Lookup(c.Param("target"))
	if !ok {
		return store.ErrNotFound
	}
	return h.lead(c, rec, target.Name, func() (string, error) {
		_, links, err := share.Links(h.Present.Share, h.Present.Post(rec), []string{target.Name})
		if err != nil {
			return "", err
		}
		return links[0].URL, nil
	})
}

// lead answers a crawler with the story's tags, and redirects all others to the URL that to returns. That comes from
// the store or the share targets; the request can only add to its query.
func (h *Handlers) lead(c echo.Context, rec store.Record, target string, to func() (string, error)) error {
	vary(c.Response().Header())
	agent := audience.AgentOf(c.Request())
	if agent == audience.Crawler {
		h.count(c, rec, target, store.ByCrawler)
		return h.storyPage(c, rec)
	}
	url, err := to()
	if err != nil {
		return err
	}
	h.count(c, rec, target, reasonAgainst(c.Request(), agent, audience.IsNavigation))
	header := c.Response().Header()
	delete(header, "Content-Security-Policy") // for pages; and a map of more than eight headers costs as much as the rest
	header["Cache-Control"], header["X-Robots-Tag"] = noStore, noIndex
	return c.Redirect(http.StatusFound, url)
}

// Values of headers that all redirects share. Nobody may modify them.
var noStore, noIndex, byAgent = []string{"no-store"}, []string{"noindex"}, []string{"User-Agent"}

// vary says that crawlers and readers get different responses.
func vary(header http.Header) {
	if given := header["Vary"]; len(given) > 0 {
		header["Vary"] = append(given, byAgent...)
		return
	}
	header["Vary"] = byAgent
}

// Count counts a share that needs no redirect: a copied link, or an app that opened directly.
func (h *Handlers) Count(c echo.Context) error {
	rec, err := h.Find.Coded(c)
	if err != nil {
		return err
	}
	target, ok := share.Lookup(c.Param("target"))
	if c.Param("target") == native {
		target.Name, ok = native, true
	}
	if !ok {
		return store.ErrNotFound
	}
	r := c.Request()
	err = h.add(c, rec, target.Name, reasonAgainst(r, audience.AgentOf(r), audience.IsBeacon))
	if err != nil && !errors.Is(err, store.ErrDeferred) {
		return err
	}
	return answer.Private(c).NoContent(http.StatusNoContent)
}

// native is the target of shares by the device's share sheet, whose real target is unknown.
const native = "native"

// reasonAgainst returns why a request is not counted, or the empty reason if it is a reader's. meant reports whether a
// browser's request has the purpose that is counted.
func reasonAgainst(r *http.Request, agent audience.Agent, meant func(*http.Request) bool) store.Reason {
	switch {
	case agent == audience.Crawler:
		return store.ByCrawler
	case agent == audience.Robot:
		return store.ByRobot
	case audience.IsPrefetch(r):
		return store.Prefetch
	case !meant(r):
		return store.NotNavigation
	}
	return ""
}

// storyPage answers a crawler with the page that it gets instead of the redirect.
func (h *Handlers) storyPage(c echo.Context, rec store.Record) error {
	header := c.Response().Header()
	header.Set("Cache-Control", "public, max-age=60")
	return answer.Page(c, answer.PolicyData, func(w http.ResponseWriter) error {
		return h.Pages.Story(w, web.StoryData{
			Lang: rec.Article.Lang, Title: rec.Article.Headline, URL: rec.Article.URL,
			Meta: template.HTML(h.Present.MetaWithLD(rec)), // article.Meta escapes everything
		})
	})
}
