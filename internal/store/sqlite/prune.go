package sqlite

import (
	"context"
	"time"
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
	return removed, nil
}
