// Package jobs runs the service's background jobs. Each job runs when the service starts and then at an interval until
// the service ends.
package jobs

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"newsroom.example/cards/internal/fault"
)

// Job is work that is repeated at an interval. A run that fails is logged; the next run follows as usual.
type Job struct {
	Name  string
	Every time.Duration // from the end of one run to the beginning of the next
	// Run does the work once and returns the number of items that it removed or changed. It must return soon after
	// ctx ends. Several processes of one service may call it at the same time.
	Run func(ctx context.Context) (changed int, err error)
}

// Run runs each job in its own goroutine until ctx ends. It returns when all jobs have returned. It logs each run that
// changed something.
func Run(ctx context.Context, log *slog.Logger, jobs ...Job) {
	var running sync.WaitGroup
	for _, job := range jobs {
		running.Go(func() { job.repeat(ctx, log.With("job", job.Name)) })
	}
	running.Wait()
}

func (j Job) repeat(ctx context.Context, log *slog.Logger) {
	for {
		changed, err := j.once(ctx)
		switch {
		case ctx.Err() != nil: // an error after the end of ctx is not a failure
			return
		case err != nil:
			log.Error("job failed", "error", err)
		case changed > 0:
			log.Info("job done", "changed", changed)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(j.Every):
		}
	}
}

// once runs the job once. It returns a panic as an error, so that a job cannot end the service.
func (j Job) once(ctx context.Context) (changed int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fault.Panic(r)
		}
	}()
	return j.Run(ctx)
}
