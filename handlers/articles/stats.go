package articles

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/handlers/request"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/store"
)

// Stats answers with the totals of an article's clicks and shares.
func (h *Handlers) Stats(c echo.Context) error {
	q, err := request.Query(c, "window", "step")
	if err != nil {
		return err
	}
	span, back, err := request.Window(q)
	if err != nil {
		return err
	}
	step, ok := steps[q.Get("step")]
	if !ok {
		return fault.InField("step", "must be 1h or 1d")
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
	found := api.Stats{Id: id, Window: span, Clicks: sums.Clicks, Shares: sums.Shares,
		By: sums.By, Confirmed: confirmed(sums), Raw: sums.Raw(), Uncounted: uncounted}
	if step > 0 {
		points, err := h.Clicks.Series(c.Request().Context(), id, h.Now().Add(-back), step)
		if err != nil {
			return err
		}
		found.Series = seriesOf(points)
	}
	return answer.Private(c).JSON(http.StatusOK, found)
}

// steps are the values of the parameter step. Without it there is no series.
var steps = map[string]time.Duration{"": 0, "1h": store.LongBucket, "1d": 24 * time.Hour}

// seriesOf returns the points by their time. Steps without clicks are left out.
func seriesOf(points []store.Point) (all []api.StatsStep) {
	for _, p := range points {
		if n := len(all); n == 0 || !all[n-1].At.Equal(p.At) {
			all = append(all, api.StatsStep{At: p.At, By: map[string]int64{}})
		}
		if last := &all[len(all)-1]; p.Target == "" {
			last.Clicks = p.N
		} else {
			last.By[p.Target] = p.N
		}
	}
	return all
}

func confirmed(sums store.Stats) map[string]int64 {
	if sums.Confirmed == nil {
		return map[string]int64{}
	}
	return sums.Confirmed
}
