package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"newsroom.example/cards/internal/editors"
	"newsroom.example/cards/internal/store/tables"
	"newsroom.example/cards/internal/tokens"
)

const (
	addToken  = "INSERT INTO tokens (" + tables.TokenColumns + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
	allTokens = "SELECT " + tables.TokenColumns + " FROM tokens ORDER BY made, id"
	oneToken  = "SELECT " + tables.TokenColumns + " FROM tokens WHERE hash = ?"
)

// AddToken implements tokens.Store.
func (db *DB) AddToken(ctx context.Context, t tokens.Token) error {
	return db.within(ctx, "add token", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, addToken, tables.TokenValues(t)...)
		if err != nil && strings.Contains(err.Error(), "UNIQUE constraint failed: tokens.") {
			return tokens.ErrTaken
		}
		if err != nil {
			return fault("add token", err)
		}
		entry, ok := tables.AboutEditor(ctx, tables.TokenDetail(t), t.Made)
		return enter(ctx, tx, entry, ok)
	})
}

// RevokeToken implements tokens.Store.
func (db *DB) RevokeToken(ctx context.Context, nameOrID string, at time.Time) (t tokens.Token, err error) {
	err = db.within(ctx, "revoke token", func(tx *sql.Tx) (err error) {
		t, err = tables.ScanToken(tx.QueryRowContext(ctx, "UPDATE tokens SET revoked = ? WHERE revoked = 0 AND id = "+
			tables.NamedToken("?", "?")+" RETURNING "+tables.TokenColumns, at.UnixMilli(), nameOrID, nameOrID))
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return tokens.ErrUnknown
		case err != nil:
			return fault("revoke token", err)
		}
		entry, ok := tables.AboutEditor(ctx, tables.TokenDetail(t), at)
		return enter(ctx, tx, entry, ok)
	})
	return t, err
}

// Tokens implements tokens.Store.
func (db *DB) Tokens(ctx context.Context) (all []tokens.Token, err error) {
	ctx, cancel := context.WithTimeout(ctx, listTime)
	defer cancel()
	rows, err := db.lists.QueryContext(ctx, allTokens)
	if err != nil {
		return nil, fault("list tokens", err)
	}
	defer rows.Close()
	for rows.Next() {
		t, err := tables.ScanToken(rows)
		if err != nil {
			return nil, fault("list tokens", err)
		}
		all = append(all, t)
	}
	if err := rows.Err(); err != nil {
		return nil, fault("list tokens", err)
	}
	return all, nil
}

// TokenOf implements tokens.Store.
func (db *DB) TokenOf(ctx context.Context, hash editors.Hash) (tokens.Token, error) {
	t, err := tables.ScanToken(db.read.QueryRowContext(ctx, oneToken, string(hash)))
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return t, tokens.ErrNone
	case err != nil:
		return t, fault("token", err)
	}
	return t, nil
}

// UseToken implements tokens.Store.
func (db *DB) UseToken(ctx context.Context, id string, at time.Time) error {
	_, err := db.articles.ExecContext(ctx, "UPDATE tokens SET used = ? WHERE id = ? AND used < ?", at.UnixMilli(), id, at.UnixMilli())
	if err != nil {
		return fault("token", err)
	}
	return nil
}
