package articles

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/stories"
)

// refreshSuffix ends the path of a refresh, after the article's id.
const refreshSuffix = ":refresh"

// Refresh requests an article's photo from its source again.
func (h *Handlers) Refresh(c echo.Context) error {
	// For Echo the last part of the path is one parameter, whose name includes the suffix and which it does not decode.
	last, err := url.PathUnescape(c.ParamValues()[0])
	id, ok := strings.CutSuffix(last, refreshSuffix)
	if err != nil || !ok {
		c.Response().Header().Set(echo.HeaderAllow, "DELETE, GET, HEAD, PATCH, PUT")
		return echo.ErrMethodNotAllowed
	}
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
	result, err := h.refresh(c.Request().Context(), id, o)
	if err != nil {
		return photoFault(err)
	}
	return h.registered(c, http.StatusOK, result, o)
}

// refresh refreshes an article. What is cached of it is dropped before the client can read the answer.
func (h *Handlers) refresh(ctx context.Context, id string, o stories.PutOptions) (stories.Result, error) {
	if !o.DryRun {
		defer h.Changed(id)
	}
	return h.Articles.Refresh(ctx, id, o)
}
