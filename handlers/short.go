package handlers

import (
	"context"
	"errors"
	"html/template"
	"net/http"
	"regexp"
	"time"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/internal/audience"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/web"
	"newsroom.example/cards/share"
)

var codeForm = regexp.MustCompile(`^[A-Za-z0-9]{7,32}$`)

// openStory counts a click and leads to the story.
func (s *server) openStory(c echo.Context) error {
	rec, err := s.coded(c)
	if err != nil {
		return err
	}
	if crawls(c) {
		return s.storyPage(c, rec)
	}
	return s.follow(c, rec, "", rec.Article.URL)
}

// shareStory counts a share and leads to the target.
func (s *server) shareStory(c echo.Context) error {
	rec, err := s.coded(c)
	if err != nil {
		return err
	}
	target, ok := share.Lookup(c.Param("target"))
	if !ok {
		return store.ErrNotFound
	}
	if crawls(c) {
		return s.storyPage(c, rec)
	}
	_, links, err := share.Links(s.Share, s.post(rec), []string{target.Name})
	if err != nil {
		return err
	}
	return s.follow(c, rec, target.Name, links[0].URL)
}

// crawls reports a crawler, whose answer is another than a reader's: caches must tell them apart.
func crawls(c echo.Context) bool {
	c.Response().Header().Set("Vary", "User-Agent")
	return audience.AgentOf(c.Request()) == audience.Crawler
}

// coded is the story behind the path's code.
func (s *server) coded(c echo.Context) (store.Record, error) {
	if !codeForm.MatchString(c.Param("code")) {
		return store.Record{}, s.missed(c, store.ErrNotFound)
	}
	rec, err := s.Articles.ByCode(c.Request().Context(), c.Param("code"))
	if errors.Is(err, store.ErrNotFound) {
		err = s.missed(c, err)
	}
	return rec, err
}

// countShare counts a share that needs no leading: a copied link, an app that opens by itself.
func (s *server) countShare(c echo.Context) error {
	rec, err := s.coded(c)
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
	if err := s.count(c, rec, target.Name); err != nil && !errors.Is(err, store.ErrDeferred) {
		return err
	}
	return private(c).NoContent(http.StatusNoContent)
}

// native is what a share by the device's own sheet counts as; where it went is not known.
const native = "native"

// follow counts a person's tap and redirects, whether the click could be stored or not: no reader waits
// for the disk longer than clickWait. The place to go comes from our own tables, never from the request.
func (s *server) follow(c echo.Context, rec store.Record, target, to string) error {
	if c.Request().Method == http.MethodGet {
		if err := s.count(c, rec, target); err != nil {
			s.uncounted.note(s.Log, err, s.Now())
		}
	}
	h := c.Response().Header()
	h.Set("Cache-Control", "no-store")
	h.Set("X-Robots-Tag", "noindex")
	return c.Redirect(http.StatusFound, to)
}

// clickWait is how long a reader waits for the click to be stored.
const clickWait = time.Second

// count stores a tap, if it was a person's. The click may still be stored when the error says that it was
// deferred or that the time is up.
func (s *server) count(c echo.Context, rec store.Record, target string) error {
	r := c.Request()
	if audience.AgentOf(r) != audience.Reader || audience.IsPrefetch(r) {
		return nil
	}
	ctx, cancel := context.WithTimeout(r.Context(), clickWait)
	defer cancel()
	now := s.Now()
	_, err := s.Clicks.AddClick(ctx, store.Click{ArticleID: rec.Article.ID, Target: target, At: now, Visitor: s.visitors.ID(r, c.RealIP(), now)})
	return err
}

// storyPage is what a crawler reads in place of the redirect.
func (s *server) storyPage(c echo.Context, rec store.Record) error {
	h := c.Response().Header()
	h.Set("Cache-Control", "public, max-age=60")
	return s.page(c, policyData, func(w http.ResponseWriter) error {
		return s.Pages.Story(w, web.StoryData{
			Lang: rec.Article.Lang, Title: rec.Article.Headline, URL: rec.Article.URL,
			Meta: template.HTML(s.meta(rec)), // escaped whole by article.Meta
		})
	})
}
