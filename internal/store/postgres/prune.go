package postgres

import (
	"context"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/store/tables"
)

// pruneBatch is the number of rows that one transaction removes.
const pruneBatch = 2000

// Statements that remove at most $2 rows that are older than $1. Rows that another process removes, or counts in, at
// the moment are skipped, so that nobody waits.
const (
	oldClicks = `DELETE FROM clicks WHERE (bucket, id, target) IN
		(SELECT bucket, id, target FROM clicks WHERE bucket < least($1, (SELECT since FROM recent))
			ORDER BY bucket LIMIT $2 FOR UPDATE SKIP LOCKED)`
	oldConfirmed = `DELETE FROM confirmed WHERE (id, target, bucket) IN
		(SELECT id, target, bucket FROM confirmed WHERE bucket < $1 ORDER BY bucket LIMIT $2 FOR UPDATE SKIP LOCKED)`
	oldTargets = `DELETE FROM target_1h WHERE (id, bucket, target) IN
		(SELECT id, bucket, target FROM target_1h WHERE bucket < $1 ORDER BY bucket LIMIT $2 FOR UPDATE SKIP LOCKED)`
	oldHours = `DELETE FROM story_1h WHERE (bucket, id) IN
		(SELECT bucket, id FROM story_1h WHERE bucket < $1 ORDER BY bucket LIMIT $2 FOR UPDATE SKIP LOCKED)`
	oldDays = `DELETE FROM story_1d WHERE (bucket, id) IN
		(SELECT bucket, id FROM story_1d WHERE bucket < $1 ORDER BY bucket LIMIT $2 FOR UPDATE SKIP LOCKED)`
	oldUncounted = `DELETE FROM uncounted_1h WHERE (id, bucket, reason) IN
		(SELECT id, bucket, reason FROM uncounted_1h WHERE bucket < $1 ORDER BY bucket LIMIT $2 FOR UPDATE SKIP LOCKED)`
	oldSpools = `DELETE FROM spools WHERE id IN
		(SELECT id FROM spools WHERE used < $1 ORDER BY used LIMIT $2 FOR UPDATE SKIP LOCKED)`
	oldSeen = `DELETE FROM seen WHERE mark IN
		(SELECT mark FROM seen WHERE at <= $1 ORDER BY at LIMIT $2 FOR UPDATE SKIP LOCKED)`
	oldNetworks = `DELETE FROM networks WHERE (hour, id, shared) IN
		(SELECT hour, id, shared FROM networks WHERE hour < $1 ORDER BY hour LIMIT $2 FOR UPDATE SKIP LOCKED)`
)

// PruneClicks implements store.Store. It returns the number of sums of targets, reasons and confirmed shares.
func (db *DB) PruneClicks(ctx context.Context, before time.Time) (removed int, err error) {
	for _, table := range []struct {
		old    string
		before int64
		counts bool
	}{
		{oldTargets, tables.HourOf(before), true}, {oldConfirmed, tables.BucketOf(before), true},
		{oldUncounted, tables.HourOf(before), true},
		{oldHours, tables.HourOf(before), false}, {oldDays, tables.DayOf(before), false},
		{oldClicks, tables.BucketOf(before), false},
		{oldSpools, before.UnixMilli(), false},
	} {
		n, err := db.remove(ctx, table.old, table.before)
		if table.counts {
			removed += n
		}
		if err != nil {
			return removed, err
		}
	}
	return removed, nil
}

// remove removes all rows that a statement finds, some at a time.
func (db *DB) remove(ctx context.Context, old string, before int64) (removed int, err error) {
	for n := int64(pruneBatch); n == pruneBatch; removed += int(n) {
		err := db.within(ctx, "prune clicks", longTime, func(ctx context.Context, tx pgx.Tx) error {
			done, err := tx.Exec(ctx, old, before, pruneBatch)
			if err != nil {
				return fault(ctx, "prune clicks", err)
			}
			n = done.RowsAffected()
			return nil
		})
		if err != nil {
			return removed, err
		}
	}
	return removed, nil
}

// pruneEvery is how often visitors and networks whose time is over are removed.
const pruneEvery = time.Minute

// pruner removes visitors whose window is over, networks of hours that are over, and sums of five minutes that are in
// those of hours alone from then on, in the background, after clicks were counted. It is safe for concurrent use.
type pruner struct {
	mu      sync.Mutex
	running sync.WaitGroup
	at      time.Time // of the clicks with which it began last
	since   int64     // from when on sums of five minutes are kept
	busy    bool
	stop    context.CancelFunc // ends the work; set while busy
	closed  bool
}

// outdated returns from when on sums of five minutes are kept: those that a window of store.SharpWindow reads, from its
// full hour on. It returns 0 if that was committed before. The sums of hours are asked for everything older.
func (p *pruner) outdated(now time.Time) (since int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if since = tables.HourOf(now.Add(-store.SharpWindow)); since <= p.since {
		return 0
	}
	return since
}

// committed remembers what outdated has returned, after it is in the database.
func (p *pruner) committed(since int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.since = max(p.since, since)
}

// start removes what is over at the time of a click, unless it did so less than a minute before.
func (p *pruner) start(db *DB, now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.busy || p.closed || now.Sub(p.at) < pruneEvery {
		return
	}
	var ctx context.Context
	ctx, p.stop = context.WithCancel(context.Background())
	p.busy, p.at = true, now
	p.running.Go(func() {
		db.pruneSeen(ctx, now)
		p.mu.Lock()
		defer p.mu.Unlock()
		p.busy = false
		p.stop()
	})
}

// close ends the work in progress, and lets none begin.
func (p *pruner) close() {
	p.mu.Lock()
	p.closed = true
	if p.busy {
		p.stop()
	}
	p.mu.Unlock()
	p.running.Wait()
}

// pruneSeen removes what is over at now. What it cannot remove, the next one does.
func (db *DB) pruneSeen(ctx context.Context, now time.Time) {
	if _, err := db.remove(ctx, oldSeen, now.Add(-db.window).UnixMilli()); err != nil {
		return
	}
	// Clicks of the hour before may still come, from a process that could not count them at once.
	if _, err := db.remove(ctx, oldNetworks, store.WindowOf(now.Add(-store.ShareWindow)).Unix()); err != nil {
		return
	}
	_, _ = db.remove(ctx, oldClicks, tables.HourOf(now.Add(-store.SharpWindow)))
}
