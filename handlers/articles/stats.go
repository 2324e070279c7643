package articles

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/handlers/request"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/store"
)

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
