package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"newsroom.example/cards/internal/store"
)

// counter commits clicks in groups. The clicks that arrive while one group is being committed form the next group.
// A caller waits until its group is committed. While the disk cannot be written, clicks are deferred: they wait in
// memory, and their callers do not wait. It is safe for concurrent use.
type counter struct {
	db      *DB
	mu      sync.Mutex
	waiting []*tap
	refused refusals
	failed  error         // of the last commit, if it deferred its clicks
	wake    chan struct{} // receives a value when run has something to do
	done    chan struct{} // closed when run has returned
	closed  bool
	pruner  pruner // used by run alone

	// The first strays of the waiting clicks were committed to the files of stray, which were moved meanwhile. Only
	// run uses the two.
	strays int
	stray  *place
}

// tap is a click and its result.
type tap struct {
	click   store.Click
	counted bool
	err     error
	done    chan struct{} // closed when counted and err are set; nil if the click was deferred and no caller waits
}

var errClosed = errors.New("store is closed")

const (
	maxGroup   = 512         // clicks in one transaction
	maxWaiting = 100_000     // clicks in memory, about 20 MB
	retryEvery = time.Second // while the disk cannot be written
)

func newCounter(db *DB) *counter {
	c := &counter{db: db, wake: make(chan struct{}, 1), done: make(chan struct{})}
	go c.run()
	return c
}

// AddClick implements store.Store.
func (db *DB) AddClick(ctx context.Context, click store.Click) (counted bool, err error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	t := &tap{click: click, done: make(chan struct{})}
	if err := db.counter.add(t); err != nil {
		return false, err
	}
	select {
	case <-t.done:
		return t.counted, t.err
	case <-ctx.Done():
		return false, ctx.Err()
	}
}

func (c *counter) add(t *tap) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case c.closed:
		return errClosed
	case len(c.waiting) >= maxWaiting:
		return fmt.Errorf("count clicks: %d wait already: %w", len(c.waiting), store.ErrUnavailable)
	case c.failed != nil:
		c.waiting = append(c.waiting, &tap{click: t.click})
		return fmt.Errorf("count clicks: %w", store.ErrDeferred)
	}
	c.waiting = append(c.waiting, t)
	c.nudge()
	return nil
}

// nudge wakes run. It does not block.
func (c *counter) nudge() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

func (c *counter) run() {
	defer close(c.done)
	for range c.wake {
		if last := c.drain(); last {
			return
		}
	}
}

// drain commits the waiting clicks, group by group, until none waits or the disk cannot be written. Between two groups
// it stores the uncounted requests that are due. last says that the counter is closed.
func (c *counter) drain() (last bool) {
	for {
		more := c.storeRefused()
		group, last := c.take()
		switch {
		case len(group) == 0 && last: // nothing is added any more
			for c.storeRefused() {
			}
			return true
		case len(group) == 0 && !more:
			return false
		case len(group) == 0:
			continue
		}
		err := c.commit(group)
		if errors.Is(err, store.ErrUnavailable) {
			c.postpone(group, err)
			if !last {
				time.AfterFunc(retryEvery, c.nudge)
			}
			return last
		}
		c.answer(group, err)
	}
}

// take removes the next group from the waiting clicks.
func (c *counter) take() (group []*tap, last bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.findStrays()
	n := min(len(c.waiting), maxGroup)
	group, c.waiting = c.waiting[:n:n], c.waiting[n:]
	return group, c.closed
}

// findStrays decides what becomes of strays when there is a database again: they are stored if it is the one that they
// were committed to, and are committed again if it is another.
func (c *counter) findStrays() {
	if c.strays == 0 {
		return
	}
	at := c.db.files.at.Load()
	if at == nil || at.check() != nil {
		return
	}
	if os.SameFile(at.files[mainFile], c.stray.files[mainFile]) {
		c.waiting = c.waiting[c.strays:]
	}
	if c.strays, c.stray = 0, nil; len(c.waiting) == 0 {
		c.failed = nil
	}
}

// answer gives the callers of a group their results, after the group was committed or failed permanently.
func (c *counter) answer(group []*tap, err error) {
	c.mu.Lock()
	c.failed = nil
	c.mu.Unlock()
	for _, t := range group {
		if t.done == nil {
			continue
		}
		if err != nil {
			t.counted, t.err = false, err
		}
		close(t.done)
	}
}

// postpone puts back a group that could not be written. All waiting callers get store.ErrDeferred.
func (c *counter) postpone(group []*tap, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.failed = err
	if stray, ok := errors.AsType[*strayError](err); ok {
		c.strays, c.stray = len(group), stray.at
	}
	c.waiting = append(group, c.waiting...)
	for i, t := range c.waiting {
		if t.done == nil {
			continue
		}
		c.waiting[i] = &tap{click: t.click}
		t.counted, t.err = false, fmt.Errorf("count clicks: %w: %w", store.ErrDeferred, err)
		close(t.done)
	}
}

// failure returns the error of the last commit while clicks are deferred, otherwise nil.
func (c *counter) failure() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.failed != nil {
		return fmt.Errorf("%d clicks wait to be stored: %w", len(c.waiting), c.failed)
	}
	return nil
}

// stop commits the waiting clicks and rejects later ones. If clicks are lost, its error says how many.
func (c *counter) stop() error {
	c.mu.Lock()
	if !c.closed {
		c.closed = true
		c.nudge()
	}
	c.mu.Unlock()
	<-c.done
	if err := c.failure(); err != nil {
		return fmt.Errorf("clicks are lost: %w", err)
	}
	return nil
}
