package articles

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/handlers/present"
	"newsroom.example/cards/handlers/request"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/journal"
	"newsroom.example/cards/internal/stories"
)

// Put registers or changes an article.
func (h *Handlers) Put(c echo.Context) error {
	o, err := h.putOptions(c)
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
	result, err := h.put(journal.Doing(asRetraction(c.Request().Context(), o), journal.Put), a, o)
	if err != nil {
		return photoFault(err)
	}
	return h.registered(c, statusOf(result, o), result, o)
}

// statusOf returns the status of the answer to a PUT.
func statusOf(r stories.Result, o stories.PutOptions) int {
	if r.Created && !o.DryRun {
		return http.StatusCreated
	}
	return http.StatusOK
}

// putOptions returns the options in the query, and the conditions in the header.
func (h *Handlers) putOptions(c echo.Context) (stories.PutOptions, error) {
	o, err := queryOptions(c, "dry_run", "strict", "force", "retract", jsonLD)
	if err == nil {
		o.If, err = h.condition(c)
	}
	return o, err
}

// queryOptions parses the query, in which only the known parameters may occur.
func queryOptions(c echo.Context, known ...string) (o stories.PutOptions, err error) {
	q, err := request.Query(c, known...)
	if err != nil {
		return o, err
	}
	if q.Has("dry_run") && q.Get("dry_run") == "" { // not a reason to store
		return o, fault.InField("dry_run", "must be 0 or 1")
	}
	if o.DryRun, err = request.Flag(q, "dry_run"); err != nil {
		return o, err
	}
	if o.Strict, err = request.Flag(q, "strict"); err != nil {
		return o, err
	}
	if o.Force, err = request.Flag(q, "force"); err != nil {
		return o, err
	}
	if o.Retract, err = request.Flag(q, "retract"); err != nil {
		return o, err
	}
	_, err = request.Flag(q, jsonLD) // see meta
	return o, err
}

// registered answers with a registered article and its warnings.
func (h *Handlers) registered(c echo.Context, status int, result stories.Result, o stories.PutOptions) error {
	shown, tag, err := h.Present.Tagged(result.Record)
	if err != nil {
		return err
	}
	shown.Warnings = present.Warnings(result.Said())
	h.addLD(c, result.Record, &shown)
	if err := h.addHeld(c.Request().Context(), result, o, &shown); err != nil {
		return err
	}
	h.logPhotos(c, result)
	if !o.DryRun {
		at := "/v1/articles/" + result.Record.Article.ID
		// The answer is what a GET answers, so the ETag is of it too.
		c.Response().Header().Set("Content-Location", at+ldQuery(c))
		if status == http.StatusCreated {
			c.Response().Header().Set(echo.HeaderLocation, at)
		}
		c.Response().Header().Set("ETag", tag)
	}
	return answer.Private(c).JSON(status, shown)
}

// logPhotos logs why photos could not be used, which the warnings do not say.
func (h *Handlers) logPhotos(c echo.Context, result stories.Result) {
	for _, w := range result.Warnings {
		if w.Err != nil {
			h.Refused(c, w.Err)
		}
	}
}

// put stores an article. What is cached of it is dropped before the client can read the answer.
func (h *Handlers) put(ctx context.Context, a article.Article, o stories.PutOptions) (stories.Result, error) {
	if !o.DryRun {
		defer h.Changed(a.ID)
	}
	return h.Articles.Put(ctx, a, o)
}
