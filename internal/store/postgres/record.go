package postgres

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5"

	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/store/tables"
)

// columns are the columns of a record, from articles a and versions v, in the order in which scan reads them.
const columns = "v.content, v.version, v.warnings, a.code, v.photo_id, a.created, v.updated, a.updated, a.revision, " +
	gone

// gone is 0 for an article, 1 if it was withdrawn, and 2 if that was before its embargo ended. The time of the change
// of a withdrawn article is that of its withdrawal.
const gone = "CASE WHEN NOT a.withdrawn THEN 0 WHEN a.embargo * 1000 > a.updated THEN 2 ELSE 1 END"

// current joins each article to its current version.
const current = " FROM articles a JOIN versions v ON v.id = a.id AND v.version = a.version "

// everyColumn are columns for scan that also return withdrawn articles.
var everyColumn = strings.Replace(columns, gone, "0", 1)

// scan reads the columns of a record, then more. Errors of the store: store.ErrNotFound, store.ErrGone.
func scan(row pgx.Row, more ...any) (store.Record, error) {
	var c tables.Columns
	err := row.Scan(c.Targets(more...)...)
	switch {
	case errors.Is(err, pgx.ErrNoRows), isNoText(err):
		return store.Record{}, store.ErrNotFound
	case err != nil:
		return store.Record{}, err
	}
	return c.Record()
}

// isNoText reports whether the server refused a query because one of its values is no text that it can store: it has a
// NUL, or is not UTF-8. So nothing that is stored has it.
func isNoText(err error) bool {
	code := codeOf(err)
	return code == badCharacter || code == untranslatable
}

// record reads one record.
func (db *DB) record(ctx context.Context, query string, args ...any) (r store.Record, err error) {
	ctx, cancel := context.WithTimeoutCause(ctx, fastTime, errSlow)
	defer cancel()
	err = db.row(ctx, func(row pgx.Row) (err error) {
		r, err = scan(row)
		return err
	}, query, args...)
	if err != nil && !errors.Is(err, store.ErrNotFound) && !errors.Is(err, store.ErrGone) {
		return store.Record{}, fault(ctx, "read article", err)
	}
	return r, err
}

// Article implements store.Store.
func (db *DB) Article(ctx context.Context, id string) (store.Record, error) {
	return db.record(ctx, "SELECT "+columns+current+"WHERE a.id = $1", id)
}

// Version implements store.Store.
func (db *DB) Version(ctx context.Context, id, version string) (store.Record, error) {
	return db.record(ctx,
		"SELECT "+columns+" FROM articles a JOIN versions v ON v.id = a.id WHERE a.id = $1 AND v.version = $2", id, version)
}

// ByCode implements store.Store.
func (db *DB) ByCode(ctx context.Context, code string) (store.Record, error) {
	return db.record(ctx, "SELECT "+columns+current+"WHERE a.code = $1", code)
}

// ByURL implements store.Store.
func (db *DB) ByURL(ctx context.Context, urls ...string) (store.Record, error) {
	r, err := db.record(ctx, "SELECT "+columns+` FROM unnest($1::text[]) WITH ORDINALITY u (url, place)
		JOIN articles a ON a.url = u.url JOIN versions v ON v.id = a.id AND v.version = a.version
		WHERE NOT a.withdrawn ORDER BY u.place, a.updated DESC, a.id LIMIT 1`, urls)
	if !errors.Is(err, store.ErrNotFound) {
		return r, err
	}
	var withdrawn int // of several, one that was public
	err = db.value(ctx, "find article", &withdrawn,
		"SELECT coalesce(min("+gone+"), 0) FROM articles a WHERE a.url = ANY ($1::text[]) AND a.withdrawn", urls)
	if err != nil {
		return store.Record{}, err
	}
	return store.Record{}, cmp.Or(tables.Gone(withdrawn), store.ErrNotFound)
}

// OtherWithURL implements store.Store.
func (db *DB) OtherWithURL(ctx context.Context, url, except string) (id string, err error) {
	err = db.value(ctx, "find article", &id, `SELECT id FROM articles WHERE url = $1 AND id <> $2 AND NOT withdrawn
		ORDER BY updated DESC, id LIMIT 1`, url, except)
	return id, err
}

// Withdrawals implements store.Store.
func (db *DB) Withdrawals(ctx context.Context, id string) (n int64, err error) {
	err = db.value(ctx, "read article", &n, "SELECT withdrawals FROM articles WHERE id = $1", id)
	return n, err
}

// value reads the one value of a row. If there is no row, value stays as it is.
func (db *DB) value(ctx context.Context, doing string, value any, query string, args ...any) error {
	ctx, cancel := context.WithTimeoutCause(ctx, fastTime, errSlow)
	defer cancel()
	err := db.row(ctx, func(row pgx.Row) error { return row.Scan(value) }, query, args...)
	if err == nil || errors.Is(err, pgx.ErrNoRows) || isNoText(err) {
		return nil
	}
	return fault(ctx, doing, err)
}
