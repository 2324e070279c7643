package app

import (
	"context"
	"time"

	"newsroom.example/cards/internal/later"
	"newsroom.example/cards/internal/queue"
	"newsroom.example/cards/internal/store"
)

// opener opens the jobs of a database.
type opener func(queue.Config) (*queue.Queue, error)

// laterOptions returns what is done later.
func (c Config) laterOptions() later.Options {
	return later.Options{DrawAhead: c.DrawAhead, Breaking: c.Breaking}
}

// following returns what a store calls in its transactions: it inserts the jobs that follow from what is stored.
func following[Tx any](jobs *queue.Inserter[Tx], c Config) func(context.Context, Tx, store.Record) error {
	return func(ctx context.Context, tx Tx, r store.Record) error {
		return jobs.Insert(ctx, tx, later.Stored(r, time.Now(), c.laterOptions())...)
	}
}

// openQueue opens the jobs of the database, which Serve does.
func (a *App) openQueue(open opener, does later.Stories, clicks later.Kept, c Config) (err error) {
	config := later.Config(does, clicks, time.Now, c.laterOptions())
	config.Log, config.Watch = a.log, a.watchJobs()
	a.queue, err = open(config)
	return err
}
