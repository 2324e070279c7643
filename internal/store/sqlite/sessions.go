package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"newsroom.example/cards/internal/editors"
	"newsroom.example/cards/internal/store/tables"
)

const beginSession = "INSERT INTO sessions (" + tables.SessionColumns + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

// LinkOf implements editors.Store.
func (db *DB) LinkOf(ctx context.Context, link editors.Hash, now time.Time) (editors.Editor, error) {
	return linkOwner(ctx, db.read, link, now)
}

// linkOwner returns whose link it is.
func linkOwner(ctx context.Context, q interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}, link editors.Hash, now time.Time) (e editors.Editor, err error) {
	var role string
	err = q.QueryRowContext(ctx, "SELECT name, role FROM editors WHERE link = ? AND link <> '' AND link_ends > ?", string(link),
		now.UnixMilli()).Scan(&e.Name, &role)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return e, editors.ErrNoLink
	case err != nil:
		return e, fault("sign-in link", err)
	}
	return e, e.Role.UnmarshalText([]byte(role))
}

// UseLink implements editors.Store.
func (db *DB) UseLink(ctx context.Context, link editors.Hash, s editors.Session) (editors.Session, error) {
	err := db.within(ctx, "sign in", func(tx *sql.Tx) (err error) {
		if s.Editor, err = linkOwner(ctx, tx, link, s.Began); err != nil {
			return err
		}
		s.Way = editors.ByLink
		if _, err := tx.ExecContext(ctx, "UPDATE editors SET link = '', link_ends = 0 WHERE name = ?", s.Name); err != nil {
			return fault("sign in", err)
		}
		return beginIn(ctx, tx, s, s.Name)
	})
	return s, err
}

// BeginSession implements editors.Store.
func (db *DB) BeginSession(ctx context.Context, s editors.Session) error {
	return db.within(ctx, "sign in", func(tx *sql.Tx) error { return beginIn(ctx, tx, s, "") })
}

// beginIn begins a session in a transaction.
func beginIn(ctx context.Context, tx *sql.Tx, s editors.Session, account string) error {
	if _, err := tx.ExecContext(ctx, beginSession, tables.SessionValues(s, account)...); err != nil {
		return fault("sign in", err)
	}
	entry, ok := tables.SignedIn(ctx, s)
	return enter(ctx, tx, entry, ok)
}

// Session implements editors.Store.
func (db *DB) Session(ctx context.Context, session editors.Hash, now time.Time) (editors.Session, error) {
	ms := now.UnixMilli()
	s, err := tables.ScanSession(db.read.QueryRowContext(ctx, "SELECT "+tables.SessionFields+tables.SessionFrom+
		"WHERE s.session = ? AND s.ends > ? AND s.rests > ? AND (s.account = '' OR e.name IS NOT NULL)", string(session), ms, ms))
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return s, editors.ErrNoSession
	case err != nil:
		return s, fault("session", err)
	}
	return s, nil
}

// UseSession implements editors.Store.
func (db *DB) UseSession(ctx context.Context, session editors.Hash, seen, rests time.Time) error {
	_, err := db.articles.ExecContext(ctx, "UPDATE sessions SET seen = ?, rests = ? WHERE session = ? AND seen < ?",
		seen.UnixMilli(), rests.UnixMilli(), string(session), seen.UnixMilli())
	if err != nil {
		return fault("session", err)
	}
	return nil
}

// EndSession implements editors.Store.
func (db *DB) EndSession(ctx context.Context, session editors.Hash, at time.Time) error {
	return db.within(ctx, "sign out", func(tx *sql.Tx) error {
		var who editors.Editor
		err := tx.QueryRowContext(ctx, "DELETE FROM sessions WHERE session = ? RETURNING name, mark", string(session)).
			Scan(&who.Name, &who.Mark)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return nil
		case err != nil:
			return fault("sign out", err)
		}
		entry, ok := tables.SignedOut(ctx, who, at)
		return enter(ctx, tx, entry, ok)
	})
}

// PruneSessions implements editors.Store.
func (db *DB) PruneSessions(ctx context.Context, now time.Time) (removed int, err error) {
	done, err := db.articles.ExecContext(ctx, "DELETE FROM sessions WHERE ends <= ? OR rests <= ?", now.UnixMilli(),
		now.UnixMilli())
	if err != nil {
		return 0, fault("prune sessions", err)
	}
	n, err := done.RowsAffected()
	return int(n), err
}
