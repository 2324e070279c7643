package app

import (
	"context"
	"errors"
	"fmt"

	"newsroom.example/cards/internal/clicks"
	"newsroom.example/cards/internal/fetch"
	"newsroom.example/cards/internal/pictures"
	"newsroom.example/cards/internal/store"
)

// errNotServing is why a service is not ready whose parts work.
var errNotServing = errors.New("starting or stopping")

// addParts adds the parts that operators see, in the order in which requests need them.
func (a *App) addParts(s stored, fetcher *fetch.Client, drawn *pictures.Service) {
	a.state.add("service", func(context.Context) (string, error) {
		if !a.serving.Load() {
			return "", errNotServing
		}
		return "", nil
	})
	a.state.add("database", func(ctx context.Context) (string, error) { return "", s.database.Ping(ctx) })
	a.state.add("clicks", func(ctx context.Context) (string, error) { return clicksState(ctx, s.clicks) })
	a.state.add("pictures", func(ctx context.Context) (string, error) { return picturesState(ctx, s) })
	a.state.add("drawing", func(context.Context) (string, error) {
		l := drawn.Load()
		return fmt.Sprintf("%d of %d slots in use, %d wait", l.Used, l.Slots, l.Waiting), nil
	})
	a.state.add("fetching", func(context.Context) (string, error) {
		return fmt.Sprintf("%d fetches under way", fetcher.Active()), nil
	})
	a.state.add("jobs", func(ctx context.Context) (string, error) {
		t, err := a.queue.Tally(ctx)
		if err != nil {
			return "", store.ErrUnavailable
		}
		return fmt.Sprintf("the oldest has waited for %.0f s", t.Oldest), nil
	})
}

func clicksState(ctx context.Context, c *clicks.Counter) (string, error) {
	b := c.Backlog()
	return fmt.Sprintf("%d wait, in files of %d bytes", b.Events, b.Bytes), c.Ping(ctx)
}

// errBucketAway is why pictures cannot be read or stored.
var errBucketAway = errors.New("the bucket does not answer; see the log")

// picturesState checks the folder of pictures, or says whether the bucket has answered lately.
func picturesState(ctx context.Context, s stored) (string, error) {
	if s.bucket == nil {
		return "", s.pingPictures(ctx)
	}
	if cards, photos := s.bucket.Away(); cards || photos {
		return "", errBucketAway
	}
	return "", nil
}
