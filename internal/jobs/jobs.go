// Package jobs runs the service's background work: each job when the service starts, and again after a time,
// until it ends.
package jobs

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"
)

// Job is work that is done again and again. A run that fails is logged, and tried again when the next is due.
type Job struct {
	Name  string
	Every time.Duration // from the end of one run to the beginning of the next
	// Run does the work once, and returns how many things it removed or changed. It must return soon after ctx
	// ends. It may run in several processes of one service at one time.
	Run func(ctx context.Context) (changed int, err error)
}

// Run runs the jobs, each in a goroutine of its own, until ctx ends, and returns when all have returned. Where a
// run has changed something, a line of the log says so.
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
		case ctx.Err() != nil: // what the end has interrupted is no failure
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

// once runs the job, and makes an error of a panic: no job may end the service.
func (j Job) once(ctx context.Context) (changed int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	return j.Run(ctx)
}
