package sqlite

import (
	"context"
	"time"

	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/store/tables"
)

// ConfirmShare implements store.Store.
func (db *DB) ConfirmShare(ctx context.Context, c store.Confirmation) (counted bool, err error) {
	tx, err := db.clicks.BeginTx(ctx, nil)
	if err != nil {
		return false, fault("confirm share", err)
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, "DELETE FROM receipts WHERE at < ?",
		c.At.Add(-store.ReceiptLife).UnixMilli()); err != nil {
		return false, fault("confirm share", err)
	}
	res, err := tx.ExecContext(ctx, "INSERT INTO receipts (receipt, at) VALUES (?, ?) ON CONFLICT (receipt) DO NOTHING",
		c.Receipt, c.At.UnixMilli())
	if err != nil {
		return false, fault("confirm share", err)
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return false, err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO confirmed (bucket, id, target, n) VALUES (?, ?, ?, 1)
		ON CONFLICT (id, target, bucket) DO UPDATE SET n = n + 1`, tables.BucketOf(c.At), c.ArticleID, c.Target)
	if err != nil {
		return false, fault("confirm share", err)
	}
	if err := tx.Commit(); err != nil {
		return false, fault("confirm share", err)
	}
	return true, nil
}

// confirmed adds the article's confirmed shares to the sums.
func (db *DB) confirmed(ctx context.Context, id string, since time.Time, sums map[string]int64) error {
	rows, err := db.lists.QueryContext(ctx,
		"SELECT target, sum(n) FROM confirmed WHERE id = ? AND bucket >= ? GROUP BY target", id, tables.BucketOf(since))
	if err != nil {
		return fault("confirmed shares", err)
	}
	defer rows.Close()
	for rows.Next() {
		var target string
		var n int64
		if err := rows.Scan(&target, &n); err != nil {
			return fault("confirmed shares", err)
		}
		sums[target] = n
	}
	return rows.Err()
}
