package articles

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/request"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/journal"
	"newsroom.example/cards/internal/stories"
)

// retract has the pictures of an article's earlier versions shown no more.
func (h *Handlers) retract(c echo.Context, id string) error {
	if _, err := request.Query(c, jsonLD); err != nil {
		return err
	}
	if err := article.CheckID(id); err != nil {
		return err
	}
	condition, err := h.condition(c)
	if err != nil {
		return err
	}
	result, err := h.Articles.Retract(journal.Doing(c.Request().Context(), journal.Retract), id, condition)
	h.Changed(id)
	if err != nil {
		return err
	}
	return h.registered(c, http.StatusOK, result, stories.PutOptions{Retract: true})
}

// asRetraction returns a context in which the journal's entry of a change says that it retracts earlier pictures.
func asRetraction(ctx context.Context, o stories.PutOptions) context.Context {
	if !o.Retract {
		return ctx
	}
	return journal.About(ctx, "retracted earlier pictures")
}
