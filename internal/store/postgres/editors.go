package postgres

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"newsroom.example/cards/internal/editors"
	"newsroom.example/cards/internal/store/tables"
)

// AddEditor implements editors.Store.
func (db *DB) AddEditor(ctx context.Context, a editors.Account, l editors.Link) error {
	return db.within(ctx, "add editor", fastTime, func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, "INSERT INTO editors (name, role, added, link, link_ends) VALUES ($1, $2, $3, $4, $5)",
			a.Name, a.Role.String(), a.Added.UnixMilli(), string(l.Hash), l.Ends.UnixMilli())
		var refused *pgconn.PgError
		if errors.As(err, &refused) && refused.Code == uniqueViolation && refused.ConstraintName == "editors_pkey" {
			return editors.ErrTaken
		}
		if err != nil {
			return fault(ctx, "add editor", err)
		}
		entry, ok := tables.AboutEditor(ctx, a.Name+", "+a.Role.String(), a.Added)
		return enter(ctx, tx, entry, ok)
	})
}

// SetLink implements editors.Store.
func (db *DB) SetLink(ctx context.Context, name string, l editors.Link, at time.Time) error {
	return db.changeEditor(ctx, name, at, "UPDATE editors SET link = $1, link_ends = $2 WHERE name = $3", string(l.Hash),
		l.Ends.UnixMilli(), name)
}

// RemoveEditor implements editors.Store.
func (db *DB) RemoveEditor(ctx context.Context, name string, at time.Time) error {
	return db.changeEditor(ctx, name, at, "DELETE FROM editors WHERE name = $1", name)
}

// changeEditor runs a statement that changes one editor, and then removes the sessions of one who is removed: a session
// that her link began before the statement found her is seen by then.
func (db *DB) changeEditor(ctx context.Context, name string, at time.Time, change string, args ...any) error {
	return db.within(ctx, "change editor", fastTime, func(ctx context.Context, tx pgx.Tx) error {
		done, err := tx.Exec(ctx, change, args...)
		switch {
		case isNoText(err), err == nil && done.RowsAffected() == 0:
			return editors.ErrUnknown
		case err != nil:
			return fault(ctx, "change editor", err)
		}
		if _, err := tx.Exec(ctx, "DELETE FROM sessions WHERE account = $1 AND account NOT IN (SELECT name FROM editors)",
			name); err != nil {
			return fault(ctx, "end sessions", err)
		}
		entry, ok := tables.AboutEditor(ctx, name, at)
		return enter(ctx, tx, entry, ok)
	})
}

// Editors implements editors.Store.
func (db *DB) Editors(ctx context.Context, now time.Time) (all []editors.Account, err error) {
	ctx, cancel := context.WithTimeoutCause(ctx, fastTime, errSlow)
	defer cancel()
	ms := now.UnixMilli()
	err = db.rows(ctx, func() { all = nil }, func(row pgx.Row) error {
		a, err := tables.ScanAccount(row, now)
		all = append(all, a)
		return err
	}, tables.AccountsQuery(func(n int) string { return "$" + strconv.Itoa(n) }), ms, ms)
	if err != nil {
		return nil, fault(ctx, "list editors", err)
	}
	return all, nil
}
