package sqlite

import (
	"context"
	"database/sql"
	"time"

	"newsroom.example/cards/internal/store"
)

// pruneBatch is the number of sums that one transaction removes. It is small because new clicks wait for it.
const pruneBatch = 2000

// PruneClicks implements store.Store.
func (db *DB) PruneClicks(ctx context.Context, before time.Time) (removed int, err error) {
	for _, remove := range []string{
		`DELETE FROM clicks WHERE (bucket, id, target) IN
			(SELECT bucket, id, target FROM clicks WHERE bucket < ? ORDER BY bucket LIMIT ?)`,
		`DELETE FROM confirmed WHERE (id, target, bucket) IN
			(SELECT id, target, bucket FROM confirmed WHERE bucket < ? LIMIT ?)`,
		`DELETE FROM uncounted WHERE (id, bucket, reason) IN
			(SELECT id, bucket, reason FROM uncounted WHERE bucket < ? LIMIT ?)`,
	} {
		for n := int64(pruneBatch); n == pruneBatch; removed += int(n) {
			res, err := db.clicks.ExecContext(ctx, remove, bucket(before), pruneBatch)
			if err != nil {
				return removed, fault("prune clicks", err)
			}
			if n, err = res.RowsAffected(); err != nil {
				return removed, fault("prune clicks", err)
			}
		}
	}
	if _, err := db.clicks.ExecContext(ctx, "DELETE FROM spools WHERE used < ?", before.UnixMilli()); err != nil {
		return removed, fault("prune clicks", err)
	}
	return removed, nil
}

// pruner removes visitors and networks whose window is over, as part of the transactions that count clicks.
type pruner struct {
	visitors, networks time.Time // when each was last removed
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
