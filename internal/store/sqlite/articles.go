package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/store/tables"
)

// PutArticle implements store.Store.
func (db *DB) PutArticle(
	ctx context.Context, r store.Record, seen store.Seen,
) (stored store.Record, created bool, err error) {
	tx, err := db.articles.BeginTx(ctx, nil)
	if err != nil {
		return store.Record{}, false, fault("put article", err)
	}
	defer tx.Rollback()
	now, err := stateOf(ctx, tx, r.Article.ID)
	if err != nil {
		return store.Record{}, false, err
	}
	if err := mayPut(ctx, tx, now, r, seen); err != nil {
		return store.Record{}, false, err
	}
	if err := db.putCurrent(ctx, tx, now, &r); err != nil {
		return store.Record{}, false, err
	}
	if err := tx.Commit(); err != nil {
		return store.Record{}, false, fault("put article", err)
	}
	return r, !now.Live(), nil
}

// stateOf returns the state of an article.
func stateOf(ctx context.Context, tx *sql.Tx, id string) (s tables.State, err error) {
	err = tx.QueryRowContext(ctx, `SELECT a.code, a.created, a.updated, a.revision, a.withdrawals, a.withdrawn, v.version,
		v.photo_id, v.content, v.warnings`+current+"WHERE a.id = ?", id).Scan(&s.Code, &s.Created, &s.Changed, &s.Revision,
		&s.Withdrawals, &s.Withdrawn, &s.Version, &s.Photo, &s.Content, &s.Warned)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return tables.State{}, fault("read article", err)
	}
	return s, nil
}

// mayPut returns an error if the version must not be stored: see store.Store.PutArticle.
func mayPut(ctx context.Context, tx *sql.Tx, now tables.State, r store.Record, seen store.Seen) error {
	if err := now.MayPut(seen); err != nil {
		return err
	}
	for _, id := range r.Photos() {
		withdrawn, err := photoWithdrawn(ctx, tx, id)
		if err == nil && withdrawn {
			err = fmt.Errorf("put article: %w", store.ErrPhotoWithdrawn)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// putCurrent makes r the current version of its article, whose state is now. It sets r to what the article and the
// version keep, and to the revision.
func (db *DB) putCurrent(ctx context.Context, tx *sql.Tx, now tables.State, r *store.Record) error {
	texts, err := now.Next(r)
	if err != nil {
		return err
	}
	if err := putVersion(ctx, tx, r, texts); err != nil {
		return fault("put version", err)
	}
	now.Settle(r, texts)
	if err := putArticle(ctx, tx, r); err != nil || r.Revision == now.Revision {
		return err
	}
	if now.Begins(*r) {
		if err := putHistory(ctx, tx, r.Article.ID, r.Revision, r.Version, false, r.Changed.UnixMilli()); err != nil {
			return err
		}
	}
	entry, ok := now.Entry(ctx, *r)
	if err := enter(ctx, tx, entry, ok); err != nil || db.stored == nil {
		return err
	}
	if err := db.stored(ctx, tx, *r); err != nil {
		return fault("put what follows", err)
	}
	return nil
}

// putArticle writes the article's row.
func putArticle(ctx context.Context, tx *sql.Tx, r *store.Record) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO articles
		(id, code, version, url, site, kind, searched, embargo, created, updated, revision, withdrawn)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
		ON CONFLICT (id) DO UPDATE SET version = excluded.version, url = excluded.url, site = excluded.site,
			kind = excluded.kind, searched = excluded.searched, embargo = excluded.embargo, updated = excluded.updated,
			revision = excluded.revision, withdrawn = 0`,
		r.Article.ID, r.Code, r.Version, r.Article.URL, r.Article.Site, r.Kind(), r.Searched(),
		tables.Embargo(r.Article),
		r.Created.UnixMilli(), r.Changed.UnixMilli(), r.Revision)
	if err != nil && strings.Contains(err.Error(), "UNIQUE constraint failed: articles.code") {
		return store.ErrCodeTaken
	}
	if err != nil {
		return fault("put article", err)
	}
	return nil
}

// putVersion writes the version's row. In the row of a known version it changes only the times of the CMS, which
// readers do not see, a photo that was missing, and the warnings.
func putVersion(ctx context.Context, tx *sql.Tx, r *store.Record, texts tables.Texts) error {
	var updated int64
	err := tx.QueryRowContext(ctx, `INSERT INTO versions (id, version, content, photo_id, warnings, updated)
		VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (id, version) DO UPDATE SET content = excluded.content, warnings = excluded.warnings,
			photo_id = CASE photo_id WHEN '' THEN excluded.photo_id ELSE photo_id END
		RETURNING photo_id, updated`,
		r.Article.ID, r.Version, texts.Content, r.PhotoID, texts.Warned, r.Updated.UnixMilli()).Scan(&r.PhotoID, &updated)
	r.Updated = tables.Time(updated)
	return err
}

// columns are the columns of a record, from articles a and versions v, in the order in which scan reads them.
const columns = "v.content, v.version, v.warnings, a.code, v.photo_id, a.created, v.updated, a.updated, a.revision, " +
	gone

// gone is 0 for an article, 1 if it was withdrawn, and 2 if that was before its embargo ended. The time of the change
// of a withdrawn article is that of its withdrawal.
const gone = "a.withdrawn * (1 + (a.embargo * 1000 > a.updated))"

// current joins each article to its current version.
const current = " FROM articles a JOIN versions v ON v.id = a.id AND v.version = a.version "

// scan reads the columns of a record, then more. Errors: store.ErrNotFound, store.ErrGone.
func scan(row interface{ Scan(...any) error }, more ...any) (store.Record, error) {
	var c tables.Columns
	err := row.Scan(c.Targets(more...)...)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return store.Record{}, store.ErrNotFound
	case err != nil:
		return store.Record{}, fault("read article", err)
	}
	return c.Record()
}

// Article implements store.Store.
func (db *DB) Article(ctx context.Context, id string) (store.Record, error) {
	return scan(db.read.QueryRowContext(ctx, "SELECT "+columns+current+"WHERE a.id = ?", id))
}

// Version implements store.Store.
func (db *DB) Version(ctx context.Context, id, version string) (store.Record, error) {
	return scan(db.read.QueryRowContext(ctx,
		"SELECT "+columns+" FROM articles a JOIN versions v ON v.id = a.id WHERE a.id = ? AND v.version = ?", id, version))
}

// ByCode implements store.Store.
func (db *DB) ByCode(ctx context.Context, code string) (store.Record, error) {
	return scan(db.read.QueryRowContext(ctx, "SELECT "+columns+current+"WHERE a.code = ?", code))
}

// ByURL implements store.Store.
func (db *DB) ByURL(ctx context.Context, urls ...string) (store.Record, error) {
	list, err := json.Marshal(urls)
	if err != nil {
		return store.Record{}, fmt.Errorf("find article: %w", err)
	}
	r, err := scan(db.read.QueryRowContext(ctx, "SELECT "+columns+` FROM json_each(?) u CROSS JOIN articles a ON a.url = u.value
		JOIN versions v ON v.id = a.id AND v.version = a.version
		WHERE NOT a.withdrawn ORDER BY u.key, a.updated DESC, a.id LIMIT 1`, string(list)))
	if !errors.Is(err, store.ErrNotFound) {
		return r, err
	}
	var withdrawn int // of several, one that was public
	err = db.read.QueryRowContext(ctx, "SELECT coalesce(min("+gone+`), 0) FROM json_each(?) u
		CROSS JOIN articles a ON a.url = u.value WHERE a.withdrawn`, string(list)).Scan(&withdrawn)
	if err != nil {
		return store.Record{}, fault("find article", err)
	}
	return store.Record{}, cmp.Or(tables.Gone(withdrawn), store.ErrNotFound)
}

// DeleteArticle implements store.Store.
func (db *DB) DeleteArticle(ctx context.Context, id string, at time.Time, revision int64) error {
	tx, err := db.articles.BeginTx(ctx, nil)
	if err != nil {
		return fault("withdraw article", err)
	}
	defer tx.Rollback()
	now, err := stateOf(ctx, tx, id)
	switch {
	case err != nil:
		return err
	case now.Code == "":
		return store.ErrNotFound
	case !now.Withdrawn && revision != 0 && now.Revision != revision:
		return fmt.Errorf("withdraw article: %w", store.ErrChanged)
	case now.Withdrawn:
		_, err = tx.ExecContext(ctx, "UPDATE articles SET withdrawals = withdrawals + 1 WHERE id = ?", id)
	default:
		_, err = tx.ExecContext(ctx, `UPDATE articles SET withdrawn = 1, withdrawals = withdrawals + 1,
			revision = revision + 1, updated = ? WHERE id = ?`, at.UnixMilli(), id)
		if err == nil {
			err = putHistory(ctx, tx, id, now.Revision+1, now.Version, true, at.UnixMilli())
		}
	}
	if err == nil {
		entry, ok := now.Withdrawal(ctx, id, at)
		err = enter(ctx, tx, entry, ok && !now.Withdrawn)
	}
	if err == nil {
		err = tx.Commit()
	}
	if err != nil {
		return fault("withdraw article", err)
	}
	if now.Withdrawn {
		return store.ErrGone
	}
	return nil
}

// Withdrawals implements store.Store.
func (db *DB) Withdrawals(ctx context.Context, id string) (n int64, err error) {
	err = db.read.QueryRowContext(ctx, "SELECT withdrawals FROM articles WHERE id = ?", id).Scan(&n)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, fault("read article", err)
	}
	return n, nil
}
