package links

import (
	"context"
	"errors"
	"html/template"
	"log/slog"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/internal/audience"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/web"
	"newsroom.example/cards/share"
)

// Open counts a click and redirects to the story.
func (h *Handlers) Open(c echo.Context) error {
	rec, err := h.Find.Coded(c)
	if err != nil {
		return err
	}
	if crawls(c) {
		return h.storyPage(c, rec)
	}
	return h.follow(c, rec, "", rec.Article.URL)
}

// Share counts a share and redirects to the target.
func (h *Handlers) Share(c echo.Context) error {
	rec, err := h.Find.Coded(c)
	if err != nil {
		return err
	}
	target, ok := share.Lookup(c.Param("target"))
	if !ok {
		return store.ErrNotFound
	}
	if crawls(c) {
		return h.storyPage(c, rec)
	}
	_, links, err := share.Links(h.Present.Share, h.Present.Post(rec), []string{target.Name})
	if err != nil {
		return err
	}
	return h.follow(c, rec, target.Name, links[0].URL)
}

// crawls reports whether the client is a crawler. It also sets Vary, because crawlers and readers get different
// responses.
func crawls(c echo.Context) bool {
	c.Response().Header().Add("Vary", "User-Agent")
	return audience.AgentOf(c.Request()) == audience.Crawler
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
	if err := h.count(c, rec, target.Name); err != nil && !errors.Is(err, store.ErrDeferred) {
		return err
	}
	return answer.Private(c).NoContent(http.StatusNoContent)
}

// native is the target of shares by the device's share sheet, whose real target is unknown.
const native = "native"

// follow counts a reader's click and redirects, even if the click cannot be stored: readers wait for the disk
// at most clickWait. The redirect's URL comes from the store or the share targets, never from the request.
func (h *Handlers) follow(c echo.Context, rec store.Record, target, to string) error {
	if c.Request().Method == http.MethodGet {
		if err := h.count(c, rec, target); err != nil {
			h.logUncounted(c.Request().Context(), err)
		}
	}
	header := c.Response().Header()
	header.Set("Cache-Control", "no-store")
	header.Set("X-Robots-Tag", "noindex")
	return c.Redirect(http.StatusFound, to)
}

// logUncounted logs that a click could not be stored, unless the reader has disconnected.
func (h *Handlers) logUncounted(ctx context.Context, err error) {
	code := "lost"
	switch {
	case errors.Is(err, context.Canceled):
		return
	case errors.Is(err, store.ErrDeferred):
		code = "deferred" // the store will store it later
	}
	h.Sampled.Log(ctx, slog.LevelError, "clicks cannot be stored; readers are redirected anyway", code, err)
}

// clickWait is the maximum time that a reader waits for the click to be stored.
const clickWait = time.Second

// count stores a click, if it was a reader's. The click may still be stored later if the error says that it
// was deferred, or that the time limit has passed.
func (h *Handlers) count(c echo.Context, rec store.Record, target string) error {
	r := c.Request()
	if audience.AgentOf(r) != audience.Reader || audience.IsPrefetch(r) {
		return nil
	}
	ctx, cancel := context.WithTimeout(r.Context(), clickWait)
	defer cancel()
	now := h.Now()
	_, err := h.Clicks.AddClick(ctx, store.Click{ArticleID: rec.Article.ID, Target: target, At: now,
		Visitor: h.visitors.ID(r, c.RealIP(), now)})
	return err
}

// storyPage answers a crawler with the page that it gets instead of the redirect.
func (h *Handlers) storyPage(c echo.Context, rec store.Record) error {
	header := c.Response().Header()
	header.Set("Cache-Control", "public, max-age=60")
	return answer.Page(c, answer.PolicyData, func(w http.ResponseWriter) error {
		return h.Pages.Story(w, web.StoryData{
			Lang: rec.Article.Lang, Title: rec.Article.Headline, URL: rec.Article.URL,
			Meta: template.HTML(h.Present.Meta(rec)), // article.Meta escapes everything
		})
	})
}
