package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/store/tables"
)

// maxForgotten is the number of old receipts that one confirmation removes.
const maxForgotten = 1000

// ConfirmShare implements store.Store.
func (db *DB) ConfirmShare(ctx context.Context, c store.Confirmation) (counted bool, err error) {
	err = db.within(ctx, "confirm share", fastTime, func(ctx context.Context, tx pgx.Tx) error {
		counted = false
		// Rows that another process removes at the moment are skipped: two that wait for each other would both stop.
		_, err := tx.Exec(ctx, `DELETE FROM receipts WHERE receipt IN (
			SELECT receipt FROM receipts WHERE at < $1 ORDER BY at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
			c.At.Add(-store.ReceiptLife).UnixMilli(), maxForgotten)
		if err != nil {
			return fault(ctx, "confirm share", err)
		}
		done, err := tx.Exec(ctx, `WITH fresh AS (
				INSERT INTO receipts (receipt, at) VALUES ($1, $2) ON CONFLICT (receipt) DO NOTHING RETURNING receipt)
			INSERT INTO confirmed AS c (id, target, bucket, n) SELECT $3, $4, $5, 1 FROM fresh
			ON CONFLICT (id, target, bucket) DO UPDATE SET n = c.n + 1`,
			[]byte(c.Receipt), c.At.UnixMilli(), c.ArticleID, c.Target, tables.BucketOf(c.At))
		if err != nil {
			return fault(ctx, "confirm share", err)
		}
		counted = done.RowsAffected() == 1
		return nil
	})
	return counted && err == nil, err
}

// confirmed adds the article's confirmed shares to the sums.
func (db *DB) confirmed(ctx context.Context, id string, since time.Time) (sums map[string]int64, err error) {
	err = db.rows(ctx, func() { sums = map[string]int64{} }, func(row pgx.Row) error {
		var target string
		var n int64
		if err := row.Scan(&target, &n); err != nil {
			return err
		}
		sums[target] = n
		return nil
	}, "SELECT target, sum(n)::bigint FROM confirmed WHERE id = $1 AND bucket >= $2 GROUP BY target", id, tables.BucketOf(since))
	if err != nil {
		return nil, fault(ctx, "confirmed shares", err)
	}
	return sums, nil
}
