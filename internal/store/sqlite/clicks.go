package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
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
	failed  error         // of the last commit, if it deferred its clicks
	wake    chan struct{} // receives a value when run has something to do
	done    chan struct{} // closed when run has returned
	closed  bool
	pruned  time.Time // when visitors were last removed
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

// drain commits the waiting clicks, group by group, until none waits or the disk cannot be written. last says that the
// counter is closed.
func (c *counter) drain() (last bool) {
	for {
		group, last := c.take()
		if len(group) == 0 {
			return last
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
	n := min(len(c.waiting), maxGroup)
	group, c.waiting = c.waiting[:n:n], c.waiting[n:]
	return group, c.closed
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

// commit writes a group in one transaction.
func (c *counter) commit(group []*tap) error {
	ctx := context.Background() // a canceled caller must not cancel the clicks of others
	tx, err := c.db.clicks.BeginTx(ctx, nil)
	if err != nil {
		return fault("count clicks", err)
	}
	defer tx.Rollback()
	for _, t := range group {
		if t.counted, err = c.count(ctx, tx, t.click); err != nil {
			return fault("count clicks", err)
		}
	}
	if err := c.prune(ctx, tx, group[0].click.At); err != nil {
		return fault("count clicks", err)
	}
	if err := tx.Commit(); err != nil {
		return fault("count clicks", err)
	}
	return nil
}

// count adds a click to its sum, unless the visitor was seen within the window. It reports whether it did.
func (c *counter) count(ctx context.Context, tx *sql.Tx, click store.Click) (bool, error) {
	if c.db.window > 0 && click.Visitor != [16]byte{} {
		res, err := tx.ExecContext(ctx, `INSERT INTO seen (visitor, id, target, at) VALUES (?, ?, ?, ?)
			ON CONFLICT (visitor, id, target) DO UPDATE SET at = excluded.at WHERE at <= ?`,
			click.Visitor[:], click.ArticleID, click.Target, click.At.UnixMilli(), click.At.Add(-c.db.window).UnixMilli())
		if err != nil {
			return false, err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return false, err
		}
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO clicks (bucket, id, target, n) VALUES (?, ?, ?, 1)
		ON CONFLICT (bucket, id, target) DO UPDATE SET n = n + 1`, bucket(click.At), click.ArticleID, click.Target)
	return err == nil, err
}

// prune removes visitors whose window is over, at most once a minute.
func (c *counter) prune(ctx context.Context, tx *sql.Tx, now time.Time) error {
	if c.db.window == 0 || now.Sub(c.pruned) < time.Minute {
		return nil
	}
	c.pruned = now
	_, err := tx.ExecContext(ctx, "DELETE FROM seen WHERE at <= ?", now.Add(-c.db.window).UnixMilli())
	return err
}

// bucket returns the start of the bucket of t, in Unix seconds.
func bucket(t time.Time) int64 {
	step := int64(store.Bucket / time.Second)
	return t.Unix() / step * step
}
