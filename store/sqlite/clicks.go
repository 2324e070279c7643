package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"

	"cards/store"
)

// counter writes clicks in groups: those that arrive while a group is being committed form the
// next one, and nobody is answered before their group is committed.
type counter struct {
	db      *DB
	mu      sync.Mutex
	waiting []*tap
	wake    chan struct{}
	done    chan struct{}
	closed  bool
	pruned  time.Time
}

type tap struct {
	click   store.Click
	counted bool
	err     error
	done    chan struct{}
}

var errClosed = errors.New("store is closed")

// maxGroup bounds the clicks of one transaction.
const maxGroup = 512

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
	if c.closed {
		return errClosed
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
		for {
			group, last := c.take()
			if len(group) == 0 {
				if last {
					return
				}
				break
			}
			err := c.commit(group)
			for _, t := range group {
				if err != nil {
					t.counted, t.err = false, fmt.Errorf("count clicks: %w", err)
				}
				close(t.done)
			}
		}
	}
}

func (c *counter) take() (group []*tap, last bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := min(len(c.waiting), maxGroup)
	group, c.waiting = c.waiting[:n:n], c.waiting[n:]
	return group, c.closed
}

// stop commits what is waiting and refuses what comes after.
func (c *counter) stop() {
	c.mu.Lock()
	if !c.closed {
		c.closed = true
		c.nudge()
	}
	c.mu.Unlock()
	<-c.done
}

func (c *counter) commit(group []*tap) error {
	ctx := context.Background() // a caller who leaves takes no other's click along
	tx, err := c.db.clicks.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, t := range group {
		if t.counted, err = c.count(ctx, tx, t.click); err != nil {
			return err
		}
	}
	if err := c.prune(ctx, tx, group[0].click.At); err != nil {
		return err
	}
	return tx.Commit()
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
