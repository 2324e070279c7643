package later

import (
	"cmp"
	"context"
	"time"

	"newsroom.example/cards/internal/journal"
	"newsroom.example/cards/internal/queue"
	"newsroom.example/cards/internal/store"
)

// Prune removes the sums of clicks that are too old to be asked for, entries of the journal that
// are too old to be kept, and sessions that have ended.
var Prune = queue.Kind{Name: "prune_clicks", Pauses: []time.Duration{time.Minute, 10 * time.Minute}}

const (
	pruneEvery = 6 * time.Hour
	pruneLimit = 10 * time.Minute
	day        = 24 * time.Hour
)

func pruner(c Kept, now func() time.Time) func(context.Context, queue.Job) error {
	return func(ctx context.Context, _ queue.Job) error {
		_, clicks := c.PruneClicks(ctx, now().Add(-store.ClickLife-day))
		_, entries := c.PruneEntries(ctx, now().Add(-journal.Life))
		_, sessions := c.PruneSessions(ctx, now())
		return cmp.Or(clicks, entries, sessions)
	}
}
