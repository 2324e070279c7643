package postgres

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"newsroom.example/cards/internal/editors"
	"newsroom.example/cards/internal/store/tables"
)

const beginSession = "INSERT INTO sessions (" + tables.SessionColumns +
	") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"

// LinkOf implements editors.Store.
func (db *DB) LinkOf(ctx context.Context, link editors.Hash, now time.Time) (e editors.Editor, err error) {
	ctx, cancel := context.WithTimeoutCause(ctx, fastTime, errSlow)
	defer cancel()
	err = db.row(ctx, func(row pgx.Row) (err error) {
		e, err = scanOwner(row)
		return err
	}, "SELECT name, role FROM editors WHERE link = $1 AND link <> '' AND link_ends > $2", string(link), now.UnixMilli())
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return e, editors.ErrNoLink
	case err != nil:
		return e, fault(ctx, "sign-in link", err)
	}
	return e, nil
}

func scanOwner(row pgx.Row) (e editors.Editor, err error) {
	var role string
	if err := row.Scan(&e.Name, &role); err != nil {
		return e, err
	}
	return e, e.Role.UnmarshalText([]byte(role))
}

// UseLink implements editors.Store. Of two requests with one link, the second waits for the first and finds no link.
func (db *DB) UseLink(ctx context.Context, link editors.Hash, s editors.Session) (editors.Session, error) {
	err := db.within(ctx, "sign in", fastTime, func(ctx context.Context, tx pgx.Tx) (err error) {
		s.Editor, err = scanOwner(tx.QueryRow(ctx, `UPDATE editors SET link = '', link_ends = 0
			WHERE link = $1 AND link <> '' AND link_ends > $2 RETURNING name, role`, string(link), s.Began.UnixMilli()))
		switch {
		case errors.Is(err, pgx.ErrNoRows):
			return editors.ErrNoLink
		case err != nil:
			return fault(ctx, "sign in", err)
		}
		s.Way = editors.ByLink
		return beginIn(ctx, tx, s, s.Name)
	})
	return s, err
}

// BeginSession implements editors.Store.
func (db *DB) BeginSession(ctx context.Context, s editors.Session) error {
	return db.within(ctx, "sign in", fastTime, func(ctx context.Context, tx pgx.Tx) error {
		return beginIn(ctx, tx, s, "")
	})
}

// beginIn begins a session in a transaction.
func beginIn(ctx context.Context, tx pgx.Tx, s editors.Session, account string) error {
	if _, err := tx.Exec(ctx, beginSession, tables.SessionValues(s, account)...); err != nil {
		return fault(ctx, "sign in", err)
	}
	entry, ok := tables.SignedIn(ctx, s)
	return enter(ctx, tx, entry, ok)
}

// Session implements editors.Store.
func (db *DB) Session(ctx context.Context, session editors.Hash, now time.Time) (s editors.Session, err error) {
	ctx, cancel := context.WithTimeoutCause(ctx, fastTime, errSlow)
	defer cancel()
	err = db.row(ctx, func(row pgx.Row) (err error) {
		s, err = tables.ScanSession(row)
		return err
	}, "SELECT "+tables.SessionFields+tables.SessionFrom+
		"WHERE s.session = $1 AND s.ends > $2 AND s.rests > $2 AND (s.account = '' OR e.name IS NOT NULL)", string(session),
		now.UnixMilli())
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return s, editors.ErrNoSession
	case err != nil:
		return s, fault(ctx, "session", err)
	}
	return s, nil
}

// UseSession implements editors.Store.
func (db *DB) UseSession(ctx context.Context, session editors.Hash, seen, rests time.Time) error {
	return db.within(ctx, "session", fastTime, func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, "UPDATE sessions SET seen = $1, rests = $2 WHERE session = $3 AND seen < $1",
			seen.UnixMilli(), rests.UnixMilli(), string(session))
		if err != nil {
			return fault(ctx, "session", err)
		}
		return nil
	})
}

// EndSession implements editors.Store.
func (db *DB) EndSession(ctx context.Context, session editors.Hash, at time.Time) error {
	return db.within(ctx, "sign out", fastTime, func(ctx context.Context, tx pgx.Tx) error {
		var who editors.Editor
		err := tx.QueryRow(ctx, "DELETE FROM sessions WHERE session = $1 RETURNING name, mark", string(session)).
			Scan(&who.Name, &who.Mark)
		switch {
		case errors.Is(err, pgx.ErrNoRows):
			return nil
		case err != nil:
			return fault(ctx, "sign out", err)
		}
		entry, ok := tables.SignedOut(ctx, who, at)
		return enter(ctx, tx, entry, ok)
	})
}

// PruneSessions implements editors.Store.
func (db *DB) PruneSessions(ctx context.Context, now time.Time) (removed int, err error) {
	return db.remove(ctx, `DELETE FROM sessions WHERE session IN
		(SELECT session FROM sessions WHERE least(ends, rests) <= $1 LIMIT $2 FOR UPDATE SKIP LOCKED)`, now.UnixMilli())
}
