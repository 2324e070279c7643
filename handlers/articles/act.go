package articles

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/handlers/present"
	"newsroom.example/cards/handlers/request"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/article"
)

// Act answers POST /v1/articles/{id}:audit, {id}:refresh and {id}:retract. For Echo all routes that differ in such a
// suffix are one, and the last part of the path is one parameter, whose name includes the suffix and which it does not
// decode.
func (h *Handlers) Act(c echo.Context) error {
	last, err := url.PathUnescape(c.ParamValues()[0])
	if err == nil {
		if id, ok := strings.CutSuffix(last, ":audit"); ok {
			return h.audit(c, id)
		}
		if id, ok := strings.CutSuffix(last, ":refresh"); ok {
			return h.refresh(c, id)
		}
	}
	if id, ok := strings.CutSuffix(last, ":retract"); ok && err == nil {
		return h.retract(c, id)
	}
	c.Response().Header().Set(echo.HeaderAllow, "DELETE, GET, HEAD, PATCH, PUT")
	return echo.ErrMethodNotAllowed
}

// audit answers with what the checks find in a stored article now.
func (h *Handlers) audit(c echo.Context, id string) error {
	if _, err := request.Query(c); err != nil {
		return err
	}
	if err := article.CheckID(id); err != nil {
		return err
	}
	result, err := h.Articles.Audit(c.Request().Context(), id)
	if err != nil {
		return err
	}
	h.logPhotos(c, result)
	found := api.Audit{Id: result.Record.Article.ID, Version: result.Record.Version, Url: result.Record.Article.URL,
		Warnings: append([]api.Warning{}, present.Warnings(result.Said())...)}
	return answer.Private(c).JSON(http.StatusOK, found)
}
