package sqlite

import (
	"context"
	"database/sql"
	"time"

	"newsroom.example/cards/internal/journal"
	"newsroom.example/cards/internal/store/tables"
)

const addEntry = "INSERT INTO journal (" + tables.EntryColumns + ") VALUES (?, ?, ?, ?, ?, ?, ?)"

// enter records a change in its transaction, if ok.
func enter(ctx context.Context, tx *sql.Tx, e journal.Entry, ok bool) error {
	if !ok {
		return nil
	}
	if _, err := tx.ExecContext(ctx, addEntry, tables.EntryValues(e)...); err != nil {
		return fault("journal", err)
	}
	return nil
}

// AddEntry implements journal.Store.
func (db *DB) AddEntry(ctx context.Context, e journal.Entry) error {
	if _, err := db.articles.ExecContext(ctx, addEntry, tables.EntryValues(e.Fit())...); err != nil {
		return fault("journal", err)
	}
	return nil
}

// Entries implements journal.Store.
func (db *DB) Entries(ctx context.Context, q journal.Query) (all []journal.Entry, err error) {
	ctx, cancel := context.WithTimeout(ctx, listTime)
	defer cancel()
	query, values := tables.EntriesQuery(q, func(int) string { return "?" })
	rows, err := db.lists.QueryContext(ctx, query, values...)
	if err != nil {
		return nil, fault("journal", err)
	}
	defer rows.Close()
	for rows.Next() {
		e, err := tables.ScanEntry(rows)
		if err != nil {
			return nil, fault("journal", err)
		}
		all = append(all, e)
	}
	if err := rows.Err(); err != nil {
		return nil, fault("journal", err)
	}
	return all, nil
}

// PruneEntries implements journal.Store. It removes some at a time: changes of articles wait for it.
func (db *DB) PruneEntries(ctx context.Context, before time.Time) (removed int, err error) {
	for n := int64(pruneBatch); n == pruneBatch; removed += int(n) {
		done, err := db.articles.ExecContext(ctx, "DELETE FROM journal WHERE seq IN "+
			"(SELECT seq FROM journal WHERE at < ? ORDER BY at LIMIT ?)", before.UnixMilli(), pruneBatch)
		if err == nil {
			n, err = done.RowsAffected()
		}
		if err != nil {
			return removed, fault("prune journal", err)
		}
	}
	return removed, nil
}
