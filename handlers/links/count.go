package links

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/internal/audience"
	"newsroom.example/cards/internal/store"
)

// errProxy says what a proxy that is not known does to the counts.
var errProxy = errors.New("all its readers are told apart by their browsers alone")

// count counts a request that is answered whether it can be stored or not: readers wait for the disk at most clickWait.
// HEAD is not counted, not even among the uncounted requests.
func (h *Handlers) count(c echo.Context, rec store.Record, target string, against store.Reason) {
	if c.Request().Method != http.MethodGet {
		return
	}
	if err := h.add(c, rec, target, against); err != nil {
		h.logUncounted(c.Request().Context(), err)
	}
}

// add adds a request to the clicks or, if there is a reason against it, to the uncounted requests. The click may still
// be stored later if the error says that it was deferred, or that the time limit has passed.
func (h *Handlers) add(c echo.Context, rec store.Record, target string, against store.Reason) error {
	r, now := c.Request(), h.Now()
	if against != "" {
		err := h.Clicks.AddUncounted(store.Uncounted{ArticleID: rec.Article.ID, Reason: against, At: now})
		if err != nil {
			h.Sampled.Log(r.Context(), slog.LevelError, "uncounted requests are missing from the statistics", "lost", err)
		}
		return nil
	}
	ctx, address, limited := r.Context(), c.RealIP(), h.patience.context()
	who, err := h.visitors.Identify(ctx, r, address, now)
	if err != nil {
		h.Sampled.Log(ctx, slog.LevelError, "readers are recognized by this process alone for a minute", "daily_key", err)
	}
	if _, ok := audience.Forwarded(r, address); ok {
		h.Sampled.Log(ctx, slog.LevelWarn, "clicks come through a proxy that --trusted-proxy does not name", "proxy", errProxy, "address", address)
	}
	return h.Clicks.AddClick(limited, store.Click{ArticleID: rec.Article.ID, Target: target, At: now, Visitor: who.ID,
		Network: store.Network{Wide: who.Wide, Narrow: who.Narrow}})
}

// dailyKey returns the key of the day. Other readers need it too, so a reader who leaves does not end its reading.
func (h *Handlers) dailyKey(ctx context.Context, now time.Time) ([32]byte, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), clickWait)
	defer cancel()
	return h.Clicks.DailyKey(ctx, now)
}

// logUncounted logs that a click could not be stored, unless the reader has disconnected.
func (h *Handlers) logUncounted(ctx context.Context, err error) {
	code := "lost"
	switch {
	case errors.Is(err, context.Canceled):
		return
	case errors.Is(err, store.ErrDeferred):
		code = "deferred" // the store will store it later
	}
	h.Sampled.Log(ctx, slog.LevelError, "clicks cannot be stored; readers are redirected anyway", code, err)
}
