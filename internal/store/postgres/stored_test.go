package postgres_test

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"

	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/store/postgres"
	"newsroom.example/cards/internal/store/storetest"
)

// TestWhatFollowsIsInTheTransaction: Options.Stored is called for each change of an article, in its transaction.
func TestWhatFollowsIsInTheTransaction(t *testing.T) {
	storetest.Following(t, func(t *testing.T, stored func(store.Record) error) (store.Store, func() int) {
		db, err := postgres.Open(t.Context(), database(t), postgres.Options{
			Stored: func(ctx context.Context, tx pgx.Tx, r store.Record) error {
				if _, err := tx.Exec(ctx, "INSERT INTO receipts (receipt, at) VALUES ($1, 0)", []byte(r.Version)); err != nil {
					return err
				}
				return stored(r)
			},
		})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.Close() })
		return db, func() (rows int) {
			if err := db.Jobs().QueryRow(t.Context(), "SELECT count(*) FROM receipts").Scan(&rows); err != nil {
				t.Error(err)
			}
			return rows
		}
	})
}
