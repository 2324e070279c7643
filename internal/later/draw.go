package later

import (
	"context"
	"errors"
	"time"

	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/queue"
	"newsroom.example/cards/internal/store"
)

// Draw draws the cards of a version before they are asked for. Each process has a cache of its own, unless they share a
// bucket: the one that does the job draws them for itself.
var Draw = queue.Kind{Name: "draw", Spare: true, Pauses: drawPauses}

var drawPauses = []time.Duration{10 * time.Second, time.Minute, 10 * time.Minute}

// busyPause is how long drawing ahead is put off when others need all slots.
const busyPause = 30 * time.Second

func draw(r store.Record) queue.Job {
	return queue.Job{Kind: Draw, Article: r.Article.ID, Version: r.Version}
}

func drawer(s Stories) func(context.Context, queue.Job) error {
	return func(ctx context.Context, j queue.Job) error {
		return unlessBusy(ctx, s.DrawAhead(ctx, j.Article, j.Version))
	}
}

// unlessBusy puts off a drawing that found no slot, or not enough of them in the time of an attempt.
func unlessBusy(ctx context.Context, err error) error {
	if errors.Is(ctx.Err(), context.Canceled) { // the service ends
		return err
	}
	if fault.KindOf(err) == fault.Overloaded {
		return queue.Later(busyPause)
	}
	return err
}
