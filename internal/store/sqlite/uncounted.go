package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"newsroom.example/cards/internal/store"
)

// refusals are the sums of the uncounted requests that are not stored yet. counter.mu guards them.
type refusals struct {
	sums    map[sumKey]int64
	storing int   // sums in the transaction that is open
	timed   bool  // a timer will make the sums due
	due     bool  // the sums are to be stored
	lost    int64 // requests whose sums could not be stored, and that AddUncounted has not reported
	cause   error // of the loss
}

// sumKey identifies a sum of uncounted requests.
type sumKey struct {
	bucket int64
	id     string
	reason store.Reason
}

const (
	maxSums     = 20_000      // sums in memory, about 3 MB
	maxSumGroup = 1000        // sums in one transaction, because clicks wait for it
	sumsEvery   = time.Second // how long sums are collected
)

// AddUncounted implements store.Store.
func (db *DB) AddUncounted(u store.Uncounted) error {
	c := db.counter
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return errClosed
	}
	r := &c.refused
	key := sumKey{bucket(u.At), u.ArticleID, u.Reason}
	if _, known := r.sums[key]; !known && len(r.sums)+r.storing >= maxSums {
		return fmt.Errorf("%d sums of uncounted requests wait already: %w", len(r.sums), store.ErrUnavailable)
	}
	if r.sums == nil {
		r.sums = map[sumKey]int64{}
	}
	r.sums[key]++
	c.refusedIn(sumsEvery)
	if lost := r.lost; lost > 0 {
		r.lost = 0
		return fmt.Errorf("%d uncounted requests are lost: %w", lost, r.cause)
	}
	return nil
}

// refusedIn makes the sums due after the wait, unless they will be due anyway. c.mu must be held.
func (c *counter) refusedIn(wait time.Duration) {
	if !c.refused.timed {
		c.refused.timed = true
		time.AfterFunc(wait, c.refusedDue)
	}
}

func (c *counter) refusedDue() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.refused.timed, c.refused.due = false, true
	c.nudge()
}

// storeRefused stores the sums that are due, at most maxSumGroup of them. It reports whether there are more. While
// clicks are deferred it does nothing, except when the counter is closed.
func (c *counter) storeRefused() (more bool) {
	group, more := c.takeRefused()
	if len(group) == 0 {
		return false
	}
	err := c.commitRefused(group)
	c.mu.Lock()
	defer c.mu.Unlock()
	r := &c.refused
	r.storing = 0
	if err == nil {
		return more
	}
	if !errors.Is(err, store.ErrUnavailable) || c.closed {
		for _, n := range group {
			r.lost += n
		}
		r.cause = err
		return more
	}
	r.putBack(group)
	c.refusedIn(retryEvery)
	return false
}

// putBack adds sums that could not be stored to those that came meanwhile. They are not due until a timer says so.
func (r *refusals) putBack(group map[sumKey]int64) {
	for key, n := range group {
		r.sums[key] += n
	}
	r.due = false
}

// takeRefused removes sums that are due.
func (c *counter) takeRefused() (group map[sumKey]int64, more bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	r := &c.refused
	if !c.closed && (!r.due || c.failed != nil) {
		return nil, false
	}
	group = map[sumKey]int64{}
	for key, n := range r.sums {
		if len(group) == maxSumGroup {
			break
		}
		group[key] = n
		delete(r.sums, key)
	}
	r.storing, r.due = len(group), len(r.sums) > 0
	return group, r.due
}

// commitRefused writes sums in one transaction.
func (c *counter) commitRefused(group map[sumKey]int64) error {
	ctx := context.Background()
	tx, err := c.db.clicks.BeginTx(ctx, nil)
	if err != nil {
		return fault("sum uncounted requests", err)
	}
	defer tx.Rollback()
	if err := c.db.addUncounted(ctx, tx, group); err != nil {
		return fault("sum uncounted requests", err)
	}
	if err := tx.Commit(); err != nil {
		return fault("sum uncounted requests", err)
	}
	return nil
}

// addUncounted adds to the stored sums.
func (db *DB) addUncounted(ctx context.Context, tx *sql.Tx, sums map[sumKey]int64) error {
	add := tx.StmtContext(ctx, db.statements.addUncounted)
	defer add.Close()
	for key, n := range sums {
		if _, err := add.ExecContext(ctx, key.bucket, key.id, key.reason, n); err != nil {
			return err
		}
	}
	return nil
}

// uncounted adds the article's uncounted requests to the sums.
func (db *DB) uncounted(ctx context.Context, id string, since time.Time, sums map[store.Reason]int64) error {
	rows, err := db.lists.QueryContext(ctx,
		"SELECT reason, sum(n) FROM uncounted WHERE id = ? AND bucket >= ? GROUP BY reason", id, bucket(since))
	if err != nil {
		return fault("uncounted requests", err)
	}
	defer rows.Close()
	for rows.Next() {
		var reason store.Reason
		var n int64
		if err := rows.Scan(&reason, &n); err != nil {
			return fault("uncounted requests", err)
		}
		sums[reason] = n
	}
	return rows.Err()
}
