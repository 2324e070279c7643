package articles

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/handlers/request"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/journal"
	"newsroom.example/cards/internal/stories"
)

// Get answers with an article.
func (h *Handlers) Get(c echo.Context) error {
	if err := checkLD(c); err != nil {
		return err
	}
	conditions, err := request.ReadConditions(c.Request())
	if err != nil {
		return err
	}
	rec, err := h.Find.Article(c)
	if err != nil {
		return err
	}
	shown, tag, err := h.Present.Tagged(rec)
	switch {
	case err != nil:
		return err
	case !conditions.Matches(tag):
		return stories.ErrPrecondition
	case conditions.IsKnown(tag):
		return answer.NotModified(c, tag, answer.NoStore)
	}
	h.addLD(c, rec, &shown)
	c.Response().Header().Set("ETag", tag)
	return answer.Private(c).JSON(http.StatusOK, shown)
}

// Delete withdraws an article.
func (h *Handlers) Delete(c echo.Context) error {
	if _, err := request.Query(c); err != nil {
		return err
	}
	if err := article.CheckID(c.Param("id")); err != nil {
		return err
	}
	condition, err := h.condition(c)
	if err != nil {
		return err
	}
	if err := h.delete(journal.Doing(c.Request().Context(), journal.Withdraw), c.Param("id"), condition); err != nil {
		return err
	}
	return answer.Private(c).NoContent(http.StatusNoContent)
}

// delete withdraws an article, and drops what is cached of it.
func (h *Handlers) delete(ctx context.Context, id string, condition stories.Condition) error {
	defer h.Changed(id)
	return h.Articles.DeleteIf(ctx, id, condition)
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
