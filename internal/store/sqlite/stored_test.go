package sqlite

import (
	"context"
	"database/sql"
	"path/filepath"
	"testing"

	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/store/storetest"
)

// TestWhatFollowsIsInTheTransaction: Options.Stored is called for each change of an article, in its transaction.
func TestWhatFollowsIsInTheTransaction(t *testing.T) {
	storetest.Following(t, func(t *testing.T, stored func(store.Record) error) (store.Store, func() int) {
		db, err := Open(t.Context(), filepath.Join(t.TempDir(), "cards.db"), Options{
			Stored: func(ctx context.Context, tx *sql.Tx, r store.Record) error {
				if _, err := tx.ExecContext(ctx, "INSERT INTO receipts (receipt, at) VALUES (?, 0)", r.Version); err != nil {
					return err
				}
				return stored(r)
			},
		})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.Close() })
		return db, func() int { return sumOf(t, db, "(SELECT count(*) FROM receipts)") }
	})
}
