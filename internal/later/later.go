// Package later says what is done later, as jobs of package queue: a file for each kind. Stored says which jobs follow
// from a version that was stored.
package later

import (
	"context"
	"time"

	"newsroom.example/cards/internal/queue"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/stories"
)

// Kinds are the names of all kinds of jobs.
var Kinds = []string{Draw.Name, Embargo.Name, Photo.Name, Prune.Name}

// Options choose what is done later.
type Options struct {
	Breaking  time.Duration // how long the badge breaking is shown; 0: for ever
	DrawAhead bool          // draw cards before they are asked for
}

// Stored returns the jobs that follow from a version that is stored at the time now.
func Stored(r store.Record, now time.Time, o Options) (all []queue.Job) {
	switch {
	case stories.LacksPhoto(r): // its cards cannot be kept, and the photo comes with a version of its own
		all = append(all, refetch(r, now))
	case !o.DrawAhead:
	case r.Article.Public(now):
		all = append(all, draw(r))
	default:
		all = append(all, embargo(r))
	}
	if end, ok := rights(r); ok {
		all = append(all, end)
	}
	if end, ok := badge(r, o.Breaking); ok {
		all = append(all, end)
	}
	return all
}

// Stories does what jobs ask for; *stories.Service implements it.
type Stories interface {
	DrawAhead(ctx context.Context, id, version string) error
	DrawForEmbargo(ctx context.Context, id string, end time.Time) error
	Refetch(ctx context.Context, id, version string) error
	EndBreaking(ctx context.Context, id string, end time.Time) error
	EndRights(ctx context.Context, id string, end time.Time) error
}

// Kept is what is kept for a time; store.Store implements it.
type Kept interface {
	PruneClicks(ctx context.Context, before time.Time) (removed int, err error)
	PruneEntries(ctx context.Context, before time.Time) (removed int, err error)
	PruneSessions(ctx context.Context, now time.Time) (removed int, err error)
}

// Config returns what the queue of a service does.
func Config(s Stories, c Kept, now func() time.Time, o Options) queue.Config {
	return queue.Config{
		Workers: []queue.Worker{
			{Kind: Draw, Do: drawer(s)},
			{Kind: Embargo, Do: opener(s)},
			{Kind: Photo, Do: fetcher(s)},
			{Kind: Badge, Do: ender(s, now)},
			{Kind: Rights, Do: expirer(s, now)},
			{Kind: Prune, Do: pruner(c, now), Limit: pruneLimit},
		},
		Periodic: []queue.Periodic{{Job: queue.Job{Kind: Prune}, Every: pruneEvery}},
		NoSpare:  !o.DrawAhead,
	}
}
