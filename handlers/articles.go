package handlers

import (
	"errors"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/stories"
)

func (s *server) putArticle(c echo.Context) error {
	q, err := query(c, "dry_run", "strict")
	if err != nil {
		return err
	}
	var o stories.PutOptions
	if o.DryRun, err = flag(q, "dry_run"); err != nil {
		return err
	}
	if o.Strict, err = flag(q, "strict"); err != nil {
		return err
	}
	var in api.Article
	if err := decode(c, &in); err != nil {
		return withOtherFaults(err, c.Param("id"), in)
	}
	a, err := fromAPI(c.Param("id"), in)
	if err != nil {
		return err
	}
	result, err := s.Articles.Put(c.Request().Context(), a, o)
	if err != nil {
		return photoFault(err)
	}
	answer, err := s.registered(result.Record)
	if err != nil {
		return err
	}
	for _, w := range result.Warnings {
		answer.Warnings = append(answer.Warnings, api.Warning{Code: w.Code, Field: w.Field, Message: w.Message})
	}
	status := http.StatusOK
	if result.Created && !o.DryRun {
		status = http.StatusCreated
		c.Response().Header().Set(echo.HeaderLocation, "/v1/articles/"+a.ID)
	}
	return private(c).JSON(status, answer)
}

// withOtherFaults adds to the faults of a body those of the article it holds otherwise, so that one
// answer names them all.
func withOtherFaults(err error, id string, in api.Article) error {
	named := map[string]bool{}
	for _, f := range card.FieldErrors(err) {
		name, _, _ := strings.Cut(f.Field, ".")
		named[name] = true
	}
	a, convErr := fromAPI(id, in)
	if len(named) == 0 || named["body"] || convErr != nil {
		return err
	}
	_, others := a.Normalize()
	for _, f := range card.FieldErrors(others) {
		if name, _, _ := strings.Cut(f.Field, "."); !named[name] {
			err = errors.Join(err, f)
		}
	}
	return err
}

// photoFault names the field of a photo that failed; other errors stay as they are.
func photoFault(err error) error {
	if kind := fault.KindOf(err); kind.OfPhoto() && kind != fault.PhotoOverloaded {
		return errors.Join(err, field("photo.url", "cannot be used"))
	}
	return err
}

// private keeps an answer of the token's holder out of caches.
func private(c echo.Context) echo.Context {
	c.Response().Header().Set("Cache-Control", "no-store")
	return c
}

func fromAPI(id string, in api.Article) (article.Article, error) {
	a := article.Article{
		ID: id, URL: in.Url, Headline: in.Headline, Caption: in.Caption, Credit: in.Credit, Byline: in.Byline,
		Kicker: in.Kicker, Site: in.Site, Lang: in.Lang, Badge: in.Badge,
		Photo:    article.Photo{URL: in.Photo.Url, Alt: in.Photo.Alt},
		Template: in.Template, Theme: in.Theme, FontStep: in.FontStep,
		PublishedAt: in.PublishedAt, UpdatedAt: in.UpdatedAt, EmbargoUntil: in.EmbargoUntil,
		Kind: string(in.Kind), Tags: in.Tags, Description: in.Description,
	}
	switch len(in.Photo.Focal) {
	case 0:
	case 2:
		a.Photo.Focal = &card.Focal{X: in.Photo.Focal[0], Y: in.Photo.Focal[1]}
	default:
		return a, field("photo.focal", "must be two numbers, [x, y]")
	}
	return a, nil
}

func (s *server) article(c echo.Context) error {
	if _, err := query(c); err != nil {
		return err
	}
	rec, err := s.record(c)
	if err != nil {
		return err
	}
	answer, err := s.registered(rec)
	if err != nil {
		return err
	}
	return private(c).JSON(http.StatusOK, answer)
}

// record is the article that the path names.
func (s *server) record(c echo.Context) (store.Record, error) {
	if err := article.CheckID(c.Param("id")); err != nil {
		return store.Record{}, err
	}
	return s.Articles.Article(c.Request().Context(), c.Param("id"))
}

// publicRecord is the same for readers: store.ErrNotFound under embargo.
func (s *server) publicRecord(c echo.Context) (store.Record, error) {
	if err := article.CheckID(c.Param("id")); err != nil {
		return store.Record{}, err
	}
	return s.Articles.Current(c.Request().Context(), c.Param("id"))
}

func (s *server) listArticles(c echo.Context) error {
	q, err := query(c, "cursor", "limit")
	if err != nil {
		return err
	}
	limit, err := number(q, "limit", 20, 1, 100)
	if err != nil {
		return err
	}
	if cursor := q.Get("cursor"); cursor != "" && article.CheckID(cursor) != nil {
		return field("cursor", "is none of this service")
	}
	page, next, err := s.Articles.Articles(c.Request().Context(), q.Get("cursor"), limit)
	if err != nil {
		return err
	}
	list := api.ArticleList{Articles: make([]api.RegisteredArticle, 0, len(page)), Next: next}
	for _, rec := range page {
		answer, err := s.registered(rec)
		if err != nil {
			return err
		}
		list.Articles = append(list.Articles, answer)
	}
	return private(c).JSON(http.StatusOK, list)
}

func (s *server) deleteArticle(c echo.Context) error {
	if err := article.CheckID(c.Param("id")); err != nil {
		return err
	}
	if err := s.Articles.Delete(c.Request().Context(), c.Param("id")); err != nil {
		return err
	}
	return private(c).NoContent(http.StatusNoContent)
}

func (s *server) articleMeta(c echo.Context) error {
	rec, err := s.record(c)
	if err != nil {
		return err
	}
	return private(c).HTML(http.StatusOK, s.meta(rec))
}

func (s *server) articleStats(c echo.Context) error {
	q, err := query(c, "window")
	if err != nil {
		return err
	}
	span, back, err := window(q)
	if err != nil {
		return err
	}
	id := c.Param("id")
	if err := article.CheckID(id); err != nil {
		return err
	}
	sums, err := s.Clicks.Stats(c.Request().Context(), id, s.Now().Add(-back))
	if err != nil {
		return err
	}
	return private(c).JSON(http.StatusOK, api.Stats{Id: id, Window: span, Clicks: sums.Clicks, Shares: sums.Shares, By: sums.By, Confirmed: confirmed(sums)})
}

func confirmed(sums store.Stats) map[string]int64 {
	if sums.Confirmed == nil {
		return map[string]int64{}
	}
	return sums.Confirmed
}
