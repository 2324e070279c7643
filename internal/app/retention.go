package app

import (
	"context"
	"time"

	"newsroom.example/cards/internal/jobs"
	"newsroom.example/cards/internal/store"
)

// retention are the jobs that remove what nobody can ask for any more.
func retention(s stored, now func() time.Time) []jobs.Job {
	return []jobs.Job{
		{Name: "prune clicks", Every: 6 * time.Hour, Run: func(ctx context.Context) (int, error) {
			return s.database.PruneClicks(ctx, now().Add(-store.ClickLife-24*time.Hour))
		}},
	}
}
