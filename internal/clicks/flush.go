package clicks

import (
	"cmp"
	"context"
	"fmt"

	"newsroom.example/cards/internal/store"
)

// Flush waits until the events that were in the spool at the call are counted: all clicks whose AddClick has returned
// nil, most other requests, and those that an earlier process has left. It returns store.ErrDeferred if the store
// cannot be written or hangs, or the error of ctx; they are counted later then.
func (c *Counter) Flush(ctx context.Context) error {
	select {
	case <-c.looked:
	case <-ctx.Done():
		return ctx.Err()
	}
	c.mu.Lock()
	if err := cmp.Or(c.failed, c.slow); err != nil {
		c.mu.Unlock()
		return deferredBy(err)
	}
	if c.closed {
		c.mu.Unlock()
		return errClosed
	}
	spools := c.spools()
	results := make(chan error, len(spools))
	waiting := 0
	for _, s := range spools {
		if s.start < s.end {
			s.waiting = append(s.waiting, waiter{s.newest, results})
			waiting++
		}
	}
	c.mu.Unlock()
	if waiting > 0 {
		nudge(c.wake)
	}
	for range waiting {
		select {
		case err := <-results:
			if err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// deferredBy returns the error of an event that waits because the store cannot be written.
func deferredBy(err error) error { return fmt.Errorf("count clicks: %w: %w", store.ErrDeferred, err) }
