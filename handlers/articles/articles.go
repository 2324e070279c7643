package articles

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/card"
	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/handlers/request"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/clean"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/stories"
)

// Put registers or changes an article.
func (h *Handlers) Put(c echo.Context) error {
	o, err := putOptions(c)
	if err != nil {
		return err
	}
	var in api.Article
	if err := request.JSON(c, &in); err != nil {
		return withOtherFaults(err, c.Param("id"), in)
	}
	a, err := fromAPI(c.Param("id"), in)
	if err != nil {
		return err
	}
	result, err := h.put(c.Request().Context(), a, o)
	if err != nil {
		return photoFault(err)
	}
	status := http.StatusOK
	if result.Created && !o.DryRun {
		status = http.StatusCreated
		c.Response().Header().Set(echo.HeaderLocation, "/v1/articles/"+a.ID)
	}
	return h.registered(c, status, result)
}

// putOptions returns the options in the query.
func putOptions(c echo.Context) (o stories.PutOptions, err error) {
	q, err := request.Query(c, "dry_run", "strict", jsonLD)
	if err != nil {
		return o, err
	}
	if _, err = request.Flag(q, jsonLD); err != nil {
		return o, err
	}
	if o.DryRun, err = request.Flag(q, "dry_run"); err != nil {
		return o, err
	}
	o.Strict, err = request.Flag(q, "strict")
	return o, err
}

// registered answers with a registered article and its warnings.
func (h *Handlers) registered(c echo.Context, status int, result stories.Result) error {
	shown, err := h.present(c, result.Record)
	if err != nil {
		return err
	}
	for _, w := range result.Warnings {
		if w.Err != nil {
			h.Refused(c, w.Err)
		}
		shown.Warnings = append(shown.Warnings, api.Warning{Code: w.Code, Field: w.Field, Message: w.Message, Size: w.Size})
	}
	return answer.Private(c).JSON(status, shown)
}

// put stores an article. What is cached of it is dropped before the client can read the answer.
func (h *Handlers) put(ctx context.Context, a article.Article, o stories.PutOptions) (stories.Result, error) {
	if !o.DryRun {
		defer h.Changed(a.ID)
	}
	return h.Articles.Put(ctx, a, o)
}

// delete withdraws an article, and drops what is cached of it.
func (h *Handlers) delete(ctx context.Context, id string) error {
	defer h.Changed(id)
	return h.Articles.Delete(ctx, id)
}

// withOtherFaults adds the errors of the article's valid fields to those of decoding the body, so that
// one response lists them all.
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

// photoFault adds the photo's field to an error of the photo; other errors are returned unchanged.
func photoFault(err error) error {
	if kind := fault.KindOf(err); kind.OfPhoto() && kind != fault.PhotoOverloaded {
		return errors.Join(err, fault.InField("photo.url", "cannot be used"))
	}
	return err
}

func fromAPI(id string, in api.Article) (article.Article, error) {
	byline, authors, err := parseByline(in.Byline)
	if err != nil {
		return article.Article{}, err
	}
	a := article.Article{
		ID: id, Format: clean.Format(in.Format),
		URL: in.Url, Headline: in.Headline, Caption: in.Caption, Credit: in.Credit, Byline: byline, Authors: authors,
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
		return a, fault.InField("photo.focal", "must be two numbers, [x, y]")
	}
	return a, nil
}

// Get answers with an article.
func (h *Handlers) Get(c echo.Context) error {
	if err := checkLD(c); err != nil {
		return err
	}
	rec, err := h.Find.Article(c)
	if err != nil {
		return err
	}
	shown, err := h.present(c, rec)
	if err != nil {
		return err
	}
	return answer.Private(c).JSON(http.StatusOK, shown)
}

// List answers with a page of the list of articles.
func (h *Handlers) List(c echo.Context) error {
	q, err := request.Query(c, "cursor", "limit")
	if err != nil {
		return err
	}
	limit, err := request.Number(q, "limit", 20, 1, 100)
	if err != nil {
		return err
	}
	if cursor := q.Get("cursor"); cursor != "" && article.CheckID(cursor) != nil {
		return fault.InField("cursor", "is none of this service")
	}
	page, next, err := h.Articles.Articles(c.Request().Context(), q.Get("cursor"), limit)
	if err != nil {
		return err
	}
	list := api.ArticleList{Articles: make([]api.RegisteredArticle, 0, len(page)), Next: next}
	for _, rec := range page {
		shown, err := h.Present.Article(rec)
		if err != nil {
			return err
		}
		list.Articles = append(list.Articles, shown)
	}
	return answer.Private(c).JSON(http.StatusOK, list)
}

// Delete withdraws an article.
func (h *Handlers) Delete(c echo.Context) error {
	if _, err := request.Query(c); err != nil {
		return err
	}
	if err := article.CheckID(c.Param("id")); err != nil {
		return err
	}
	if err := h.delete(c.Request().Context(), c.Param("id")); err != nil {
		return err
	}
	return answer.Private(c).NoContent(http.StatusNoContent)
}

// Meta answers with the meta tags of an article's page.
func (h *Handlers) Meta(c echo.Context) error {
	if err := checkLD(c); err != nil {
		return err
	}
	rec, err := h.Find.Article(c)
	if err != nil {
		return err
	}
	return answer.Private(c).HTML(http.StatusOK, h.meta(c, rec))
}

// Stats answers with the totals of an article's clicks and shares.
func (h *Handlers) Stats(c echo.Context) error {
	q, err := request.Query(c, "window")
	if err != nil {
		return err
	}
	span, back, err := request.Window(q)
	if err != nil {
		return err
	}
	id := c.Param("id")
	if err := article.CheckID(id); err != nil {
		return err
	}
	sums, err := h.Clicks.Stats(c.Request().Context(), id, h.Now().Add(-back))
	if err != nil {
		return err
	}
	uncounted := make(map[string]int64, len(sums.Uncounted))
	for reason, n := range sums.Uncounted {
		uncounted[string(reason)] = n
	}
	return answer.Private(c).JSON(http.StatusOK, api.Stats{Id: id, Window: span, Clicks: sums.Clicks, Shares: sums.Shares,
		By: sums.By, Confirmed: confirmed(sums), Raw: sums.Raw(), Uncounted: uncounted})
}

func confirmed(sums store.Stats) map[string]int64 {
	if sums.Confirmed == nil {
		return map[string]int64{}
	}
	return sums.Confirmed
}
