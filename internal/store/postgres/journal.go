package postgres

import (
	"context"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"newsroom.example/cards/internal/journal"
	"newsroom.example/cards/internal/store/tables"
)

const addEntry = "INSERT INTO journal (" + tables.EntryColumns + ") VALUES ($1, $2, $3, $4, $5, $6, $7)"

// enter records a change in its transaction, if ok.
func enter(ctx context.Context, tx pgx.Tx, e journal.Entry, ok bool) error {
	if !ok {
		return nil
	}
	if _, err := tx.Exec(ctx, addEntry, tables.EntryValues(e)...); err != nil {
		return fault(ctx, "journal", err)
	}
	return nil
}

// AddEntry implements journal.Store.
func (db *DB) AddEntry(ctx context.Context, e journal.Entry) error {
	return db.within(ctx, "journal", fastTime, func(ctx context.Context, tx pgx.Tx) error {
		return enter(ctx, tx, e.Fit(), true)
	})
}

// Entries implements journal.Store.
func (db *DB) Entries(ctx context.Context, q journal.Query) (all []journal.Entry, err error) {
	ctx, cancel := context.WithTimeoutCause(ctx, longTime, errSlow)
	defer cancel()
	query, values := tables.EntriesQuery(q, func(n int) string { return "$" + strconv.Itoa(n) })
	err = db.rows(ctx, func() { all = nil }, func(row pgx.Row) error {
		e, err := tables.ScanEntry(row)
		all = append(all, e)
		return err
	}, query, values...)
	if err != nil {
		if isNoText(err) {
			return nil, nil
		}
		return nil, fault(ctx, "journal", err)
	}
	return all, nil
}

// PruneEntries implements journal.Store.
func (db *DB) PruneEntries(ctx context.Context, before time.Time) (removed int, err error) {
	return db.remove(ctx, `DELETE FROM journal WHERE seq IN
		(SELECT seq FROM journal WHERE at < $1 ORDER BY at LIMIT $2 FOR UPDATE SKIP LOCKED)`, before.UnixMilli())
}
