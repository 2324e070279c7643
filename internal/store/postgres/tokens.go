package postgres

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"newsroom.example/cards/internal/editors"
	"newsroom.example/cards/internal/store/tables"
	"newsroom.example/cards/internal/tokens"
)

// AddToken implements tokens.Store.
func (db *DB) AddToken(ctx context.Context, t tokens.Token) error {
	return db.within(ctx, "add token", fastTime, func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, "INSERT INTO tokens ("+tables.TokenColumns+") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
			tables.TokenValues(t)...)
		refused, ok := errors.AsType[*pgconn.PgError](err)
		if ok && refused.Code == uniqueViolation && refused.TableName == "tokens" {
			return tokens.ErrTaken
		}
		if err != nil {
			return fault(ctx, "add token", err)
		}
		entry, ok := tables.AboutEditor(ctx, tables.TokenDetail(t), t.Made)
		return enter(ctx, tx, entry, ok)
	})
}

// RevokeToken implements tokens.Store.
func (db *DB) RevokeToken(ctx context.Context, nameOrID string, at time.Time) (t tokens.Token, err error) {
	err = db.within(ctx, "revoke token", fastTime, func(ctx context.Context, tx pgx.Tx) (err error) {
		t, err = tables.ScanToken(tx.QueryRow(ctx, "UPDATE tokens SET revoked = $1 WHERE revoked = 0 AND id = "+
			tables.NamedToken("$2::text", "$2::text")+" RETURNING "+tables.TokenColumns, at.UnixMilli(), nameOrID))
		switch {
		case errors.Is(err, pgx.ErrNoRows):
			return tokens.ErrUnknown
		case err != nil:
			return fault(ctx, "revoke token", err)
		}
		entry, ok := tables.AboutEditor(ctx, tables.TokenDetail(t), at)
		return enter(ctx, tx, entry, ok)
	})
	return t, err
}

// TokenOf implements tokens.Store.
func (db *DB) TokenOf(ctx context.Context, hash editors.Hash) (t tokens.Token, err error) {
	ctx, cancel := context.WithTimeoutCause(ctx, fastTime, errSlow)
	defer cancel()
	err = db.row(ctx, func(row pgx.Row) (err error) {
		t, err = tables.ScanToken(row)
		return err
	}, "SELECT "+tables.TokenColumns+" FROM tokens WHERE hash = $1", string(hash))
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return t, tokens.ErrNone
	case err != nil:
		return t, fault(ctx, "token", err)
	}
	return t, nil
}

// UseToken implements tokens.Store.
func (db *DB) UseToken(ctx context.Context, id string, at time.Time) error {
	return db.within(ctx, "token", fastTime, func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, "UPDATE tokens SET used = $1 WHERE id = $2 AND used < $1", at.UnixMilli(), id)
		if err != nil {
			return fault(ctx, "token", err)
		}
		return nil
	})
}

// Tokens implements tokens.Store.
func (db *DB) Tokens(ctx context.Context) (all []tokens.Token, err error) {
	ctx, cancel := context.WithTimeoutCause(ctx, fastTime, errSlow)
	defer cancel()
	err = db.rows(ctx, func() { all = nil }, func(row pgx.Row) error {
		t, err := tables.ScanToken(row)
		all = append(all, t)
		return err
	}, "SELECT "+tables.TokenColumns+" FROM tokens ORDER BY made, id")
	if err != nil {
		return nil, fault(ctx, "list tokens", err)
	}
	return all, nil
}
