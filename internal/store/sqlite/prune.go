package sqlite

import (
	"context"
	"database/sql"
	"time"

	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/store/tables"
)

// pruneBatch is the number of sums that one transaction removes. It is small because new clicks wait for it.
const pruneBatch = 2000

// removeRecent removes sums of five minutes.
const removeRecent = `DELETE FROM clicks WHERE (bucket, id, target) IN
	(SELECT bucket, id, target FROM clicks WHERE bucket < ? LIMIT ?)`

// PruneClicks implements store.Store. It returns the number of sums of targets, reasons and confirmed shares.
func (db *DB) PruneClicks(ctx context.Context, before time.Time) (removed int, err error) {
	for _, table := range []struct {
		remove string
		before int64
		counts bool
	}{
		{`DELETE FROM target_1h WHERE (id, bucket, target) IN
			(SELECT id, bucket, target FROM target_1h WHERE bucket < ? LIMIT ?)`, tables.HourOf(before), true},
		{`DELETE FROM confirmed WHERE (id, target, bucket) IN
			(SELECT id, target, bucket FROM confirmed WHERE bucket < ? LIMIT ?)`, tables.BucketOf(before), true},
		{`DELETE FROM uncounted_1h WHERE (id, bucket, reason) IN
			(SELECT id, bucket, reason FROM uncounted_1h WHERE bucket < ? LIMIT ?)`, tables.HourOf(before), true},
		{`DELETE FROM story_1h WHERE (bucket, id) IN
			(SELECT bucket, id FROM story_1h WHERE bucket < ? LIMIT ?)`, tables.HourOf(before), false},
		{`DELETE FROM story_1d WHERE (bucket, id) IN
			(SELECT bucket, id FROM story_1d WHERE bucket < ? LIMIT ?)`, tables.DayOf(before), false},
		{removeRecent, tables.BucketOf(before), false},
	} {
		for n := int64(pruneBatch); n == pruneBatch; {
			res, err := db.clicks.ExecContext(ctx, table.remove, table.before, pruneBatch)
			if err != nil {
				return removed, fault("prune clicks", err)
			}
			if n, err = res.RowsAffected(); err != nil {
				return removed, fault("prune clicks", err)
			}
			if table.counts {
				removed += int(n)
			}
		}
	}
	if _, err := db.clicks.ExecContext(ctx, "DELETE FROM spools WHERE used < ?", before.UnixMilli()); err != nil {
		return removed, fault("prune clicks", err)
	}
	return removed, nil
}

// pruner removes visitors and networks whose window is over, and sums of five minutes that are in those of hours alone
// from then on, as part of the transactions that count clicks.
type pruner struct {
	visitors, networks, recent time.Time // when each was last removed
}

const (
	pruneEvery = time.Minute
	// maxPruned is the number of stories whose networks one transaction removes, because clicks wait for it. If
	// there are more, the next transaction removes them.
	maxPruned = 500
)

// prune removes what is over at now. window is that of visitors.
func (p *pruner) prune(ctx context.Context, tx *sql.Tx, window time.Duration, now time.Time) error {
	if window > 0 && now.Sub(p.visitors) >= pruneEvery {
		p.visitors = now
		if _, err := tx.ExecContext(ctx, "DELETE FROM seen WHERE at <= ?", now.Add(-window).UnixMilli()); err != nil {
			return err
		}
	}
	if err := p.pruneNetworks(ctx, tx, now); err != nil {
		return err
	}
	return p.pruneRecent(ctx, tx, now)
}

func (p *pruner) pruneNetworks(ctx context.Context, tx *sql.Tx, now time.Time) error {
	if now.Sub(p.networks) < pruneEvery {
		return nil
	}
	res, err := tx.ExecContext(ctx, `DELETE FROM networks WHERE rowid IN
		(SELECT rowid FROM networks WHERE hour < ? LIMIT ?)`, store.WindowOf(now).Unix(), maxPruned)
	if err != nil {
		return err
	}
	n, err := res.RowsAffected()
	if n < maxPruned {
		p.networks = now
	}
	return err
}

// pruneRecent removes the sums of five minutes that no window of store.SharpWindow reads: those before its full hour.
func (p *pruner) pruneRecent(ctx context.Context, tx *sql.Tx, now time.Time) error {
	if now.Sub(p.recent) < pruneEvery {
		return nil
	}
	since := tables.HourOf(now.Add(-store.SharpWindow))
	if _, err := tx.ExecContext(ctx, "UPDATE recent SET since = max(since, ?)", since); err != nil {
		return err
	}
	res, err := tx.ExecContext(ctx, removeRecent, since, pruneBatch)
	if err != nil {
		return err
	}
	n, err := res.RowsAffected()
	if n < pruneBatch {
		p.recent = now
	}
	return err
}
