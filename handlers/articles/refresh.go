package articles

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/journal"
	"newsroom.example/cards/internal/stories"
)

// refresh answers with an article whose photo was requested from its source again.
func (h *Handlers) refresh(c echo.Context, id string) error {
	o, err := queryOptions(c, "dry_run", "strict", jsonLD)
	if err != nil {
		return err
	}
	if o.If, err = h.condition(c); err != nil {
		return err
	}
	if err := article.CheckID(id); err != nil {
		return err
	}
	result, err := h.refreshed(journal.Doing(c.Request().Context(), journal.Refresh), id, o)
	if err != nil {
		return photoFault(err)
	}
	return h.registered(c, http.StatusOK, result, o)
}

// refreshed refreshes an article. What is cached of it is dropped before the client can read the answer.
func (h *Handlers) refreshed(ctx context.Context, id string, o stories.PutOptions) (stories.Result, error) {
	if !o.DryRun {
		defer h.Changed(id)
	}
	return h.Articles.Refresh(ctx, id, o)
}
