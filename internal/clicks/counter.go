// Package clicks counts the requests to short links in a store, in groups and each exactly once, without keeping
// readers waiting for a store that cannot be written.
package clicks

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"newsroom.example/cards/internal/store"
)

// Store counts batches; package store.
type Store interface {
	Count(ctx context.Context, b store.Batch) (store.Counted, error)
}

// Counter counts requests to short links. Those that arrive while one batch is being counted form the next one. While
// the store cannot be written, clicks are deferred: they wait, and their callers do not. It is safe for concurrent use.
type Counter struct {
	store Store
	log   *slog.Logger
	wake  chan struct{} // receives a value when run has something to do
	done  chan struct{} // closed when run has returned

	mu     sync.Mutex
	held   held
	failed error // of the last batch, if it could not be counted
	timed  bool  // a timer will wake run
	closed bool
}

var errClosed = errors.New("the counter of clicks is closed")

const (
	maxBatch   = 512         // events in one transaction
	maxHeld    = 100_000     // events in memory, about 20 MB
	sumsEvery  = time.Second // how long requests that are not counted are collected
	retryEvery = time.Second // while the store cannot be written
	countTime  = 15 * time.Second
	closeTime  = 2 * time.Second
)

// New returns a counter. Close it before the store. A nil log discards.
func New(s Store, log *slog.Logger) *Counter {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	c := &Counter{store: s, log: log, wake: make(chan struct{}, 1), done: make(chan struct{}), held: newHeld()}
	go c.run()
	return c
}

// AddClick adds a click, and returns when the store has counted it or found that it is not to be counted. While the
// store cannot be written, it returns store.ErrDeferred at once, or store.ErrUnavailable if too many clicks wait
// already. If ctx ends first, the click is counted all the same.
func (c *Counter) AddClick(ctx context.Context, click store.Click) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	e := entry{event: store.Event{Click: click}, done: make(chan error, 1)}
	if err := c.add(e); err != nil {
		return err
	}
	select {
	case err := <-e.done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// AddUncounted adds a request that is not counted to its sum. It does not wait: such requests are stored within about
// a second. Error: store.ErrUnavailable if too many wait; u is dropped then.
func (c *Counter) AddUncounted(u store.Uncounted) error {
	return c.add(entry{event: store.Event{Click: store.Click{ArticleID: u.ArticleID, At: u.At}, Reason: u.Reason}})
}

func (c *Counter) add(e entry) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch waiting := len(c.held.entries); {
	case c.closed:
		return errClosed
	case waiting >= maxHeld:
		return fmt.Errorf("count clicks: %d wait already: %w", waiting, store.ErrUnavailable)
	}
	if c.failed != nil && e.done != nil {
		c.held.add(entry{event: e.event})
		return fmt.Errorf("count clicks: %w", store.ErrDeferred)
	}
	c.held.add(e)
	switch {
	case c.failed != nil: // run tries again by itself
	case e.done != nil || len(c.held.entries) >= maxBatch:
		c.nudge()
	default:
		c.nudgeIn(sumsEvery)
	}
	return nil
}

// nudge wakes run. It does not block.
func (c *Counter) nudge() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// nudgeIn wakes run after the time, unless a timer will do so anyway. c.mu must be held.
func (c *Counter) nudgeIn(wait time.Duration) {
	if c.timed {
		return
	}
	c.timed = true
	time.AfterFunc(wait, func() {
		c.mu.Lock()
		c.timed = false
		c.mu.Unlock()
		c.nudge()
	})
}

// Ping returns the error of the last batch while events are deferred, otherwise nil.
func (c *Counter) Ping(context.Context) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.failed != nil {
		return fmt.Errorf("%d clicks wait to be stored: %w", len(c.held.entries), c.failed)
	}
	return nil
}

// Close counts the waiting events and rejects later ones. It takes a few seconds at most. If events are lost, its
// error says how many.
func (c *Counter) Close() error {
	c.mu.Lock()
	c.closed = true
	c.mu.Unlock()
	c.nudge()
	select {
	case <-c.done:
	case <-time.After(closeTime):
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if lost := len(c.held.entries); lost > 0 {
		return fmt.Errorf("%d clicks are lost: %w", lost, errors.Join(c.failed, store.ErrUnavailable))
	}
	return nil
}
