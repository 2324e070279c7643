package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"newsroom.example/cards/internal/editors"
	"newsroom.example/cards/internal/store/tables"
)

// within calls f in a transaction, and commits it.
func (db *DB) within(ctx context.Context, doing string, f func(tx *sql.Tx) error) error {
	tx, err := db.articles.BeginTx(ctx, nil)
	if err != nil {
		return fault(doing, err)
	}
	defer tx.Rollback()
	if err := f(tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fault(doing, err)
	}
	return nil
}

// AddEditor implements editors.Store.
func (db *DB) AddEditor(ctx context.Context, a editors.Account, l editors.Link) error {
	return db.within(ctx, "add editor", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO editors (name, role, added, link, link_ends) VALUES (?, ?, ?, ?, ?)",
			a.Name, a.Role.String(), a.Added.UnixMilli(), string(l.Hash), l.Ends.UnixMilli())
		if err != nil && strings.Contains(err.Error(), "UNIQUE constraint failed: editors.name") {
			return editors.ErrTaken
		}
		if err != nil {
			return fault("add editor", err)
		}
		entry, ok := tables.AboutEditor(ctx, a.Name+", "+a.Role.String(), a.Added)
		return enter(ctx, tx, entry, ok)
	})
}

// SetLink implements editors.Store.
func (db *DB) SetLink(ctx context.Context, name string, l editors.Link, at time.Time) error {
	return db.changeEditor(ctx, name, at, "UPDATE editors SET link = ?, link_ends = ? WHERE name = ?", string(l.Hash),
		l.Ends.UnixMilli(), name)
}

// RemoveEditor implements editors.Store.
func (db *DB) RemoveEditor(ctx context.Context, name string, at time.Time) error {
	return db.changeEditor(ctx, name, at, "DELETE FROM editors WHERE name = ?", name)
}

// changeEditor runs a statement that changes one editor, and removes the sessions of one who is removed.
func (db *DB) changeEditor(ctx context.Context, name string, at time.Time, change string, args ...any) error {
	return db.within(ctx, "change editor", func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, change, args...)
		if err != nil {
			return fault("change editor", err)
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, editors.ErrUnknown)
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM sessions WHERE account = ? AND account NOT IN (SELECT name FROM editors)",
			name); err != nil {
			return fault("end sessions", err)
		}
		entry, ok := tables.AboutEditor(ctx, name, at)
		return enter(ctx, tx, entry, ok)
	})
}

// Editors implements editors.Store.
func (db *DB) Editors(ctx context.Context, now time.Time) (all []editors.Account, err error) {
	ctx, cancel := context.WithTimeout(ctx, listTime)
	defer cancel()
	ms := now.UnixMilli()
	rows, err := db.lists.QueryContext(ctx, tables.AccountsQuery(func(int) string { return "?" }), ms, ms)
	if err != nil {
		return nil, fault("list editors", err)
	}
	defer rows.Close()
	for rows.Next() {
		a, err := tables.ScanAccount(rows, now)
		if err != nil {
			return nil, fault("list editors", err)
		}
		all = append(all, a)
	}
	if err := rows.Err(); err != nil {
		return nil, fault("list editors", err)
	}
	return all, nil
}
