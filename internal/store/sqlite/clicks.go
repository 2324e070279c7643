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

// counter writes clicks in groups: those that arrive while a group is being committed form the next one,
// and no caller is answered before its group is committed. While the disk takes no writes, clicks wait in
// memory and their callers do not.
type counter struct {
	db      *DB
	mu      sync.Mutex
	waiting []*tap
	failed  error // of the last commit, where it left its clicks waiting
	wake    chan struct{}
	done    chan struct{}
	closed  bool
	pruned  time.Time
}

type tap struct {
	click   store.Click
	counted bool
	err     error
	done    chan struct{} // closed when it is answered; nil: it was deferred, and nobody waits for it
}

var errClosed = errors.New("store is closed")

const (
	maxGroup   = 512         // clicks of one transaction
	maxWaiting = 100_000     // clicks in memory, about 20 MB
	retryEvery = time.Second // while the disk takes no writes
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

// drain commits what is waiting, as far as the disk takes it; last says that nothing will come after.
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

func (c *counter) take() (group []*tap, last bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := min(len(c.waiting), maxGroup)
	group, c.waiting = c.waiting[:n:n], c.waiting[n:]
	return group, c.closed
}

// answer ends the wait of a group's callers, which was committed or failed for good.
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

// postpone puts back a group that the disk did not take, and tells all callers that their clicks are
// deferred.
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

// failure is the error of the last commit, while its clicks wait.
func (c *counter) failure() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.failed != nil {
		return fmt.Errorf("%d clicks wait to be stored: %w", len(c.waiting), c.failed)
	}
	return nil
}

// stop commits what is waiting and refuses what comes after. Its error tells how many clicks are lost.
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

func (c *counter) commit(group []*tap) error {
	ctx := context.Background() // a caller who leaves takes no other's click along
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

// prune forgets visitors whose window is over, once a minute.
func (c *counter) prune(ctx context.Context, tx *sql.Tx, now time.Time) error {
	if c.db.window == 0 || now.Sub(c.pruned) < time.Minute {
		return nil
	}
	c.pruned = now
	_, err := tx.ExecContext(ctx, "DELETE FROM seen WHERE at <= ?", now.Add(-c.db.window).UnixMilli())
	return err
}

func bucket(t time.Time) int64 {
	step := int64(store.Bucket / time.Second)
	return t.Unix() / step * step
}
