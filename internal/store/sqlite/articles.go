package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/store"
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
	if err := putCurrent(ctx, tx, now, &r); err != nil {
		return store.Record{}, false, err
	}
	if err := tx.Commit(); err != nil {
		return store.Record{}, false, fault("put article", err)
	}
	return r, !now.live(), nil
}

// state is what is stored of an article. The zero value is that of an unknown one.
type state struct {
	code                            string // empty: unknown
	created, changed                int64  // unix milliseconds
	revision, withdrawals           int64
	withdrawn                       bool
	version, photo, content, warned string // of the current version
}

func (s state) live() bool { return s.code != "" && !s.withdrawn }

// stateOf returns the state of an article.
func stateOf(ctx context.Context, tx *sql.Tx, id string) (s state, err error) {
	err = tx.QueryRowContext(ctx, `SELECT a.code, a.created, a.updated, a.revision, a.withdrawals, a.withdrawn, v.version,
		v.photo_id, v.content, v.warnings`+current+"WHERE a.id = ?", id).Scan(&s.code, &s.created, &s.changed, &s.revision,
		&s.withdrawals, &s.withdrawn, &s.version, &s.photo, &s.content, &s.warned)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return state{}, fault("read article", err)
	}
	return s, nil
}

// mayPut returns an error if the version must not be stored: see store.Store.PutArticle.
func mayPut(ctx context.Context, tx *sql.Tx, now state, r store.Record, seen store.Seen) error {
	switch {
	case now.withdrawals != seen.Withdrawals, now.withdrawn && seen.Revision > 0:
		return fmt.Errorf("put article: withdrawn meanwhile: %w", store.ErrGone)
	case seen.Revision == store.Absent && now.live(), seen.Revision > 0 && now.revision != seen.Revision:
		return fmt.Errorf("put article: %w", store.ErrChanged)
	}
	if r.PhotoID == "" || r.PhotoID == store.NoPhoto {
		return nil
	}
	withdrawn, err := photoWithdrawn(ctx, tx, r.PhotoID)
	if err == nil && withdrawn {
		err = fmt.Errorf("put article: %w", store.ErrPhotoWithdrawn)
	}
	return err
}

// putCurrent makes r the current version of its article, whose state is now. It sets r to what the article and the
// version keep, and to the revision.
func putCurrent(ctx context.Context, tx *sql.Tx, now state, r *store.Record) error {
	raw, err := json.Marshal(r.Article)
	if err != nil {
		return err
	}
	next := state{version: r.Version, content: string(raw)}
	if next.warned, err = warningsText(r.Warnings); err != nil {
		return err
	}
	r.Created, r.Updated = fromMilli(r.Created.UnixMilli()), fromMilli(r.Updated.UnixMilli())
	if now.code != "" {
		r.Code, r.Created = now.code, fromMilli(now.created)
	}
	r.Changed, r.Revision = r.Updated, now.revision+1
	if err := putVersion(ctx, tx, r, next); err != nil {
		return fault("put version", err)
	}
	same := now.live() && now.version == next.version && now.content == next.content && now.photo == r.PhotoID &&
		now.warned == next.warned
	if same {
		r.Changed, r.Revision = fromMilli(now.changed), now.revision
	}
	return putArticle(ctx, tx, r)
}

// putArticle writes the article's row.
func putArticle(ctx context.Context, tx *sql.Tx, r *store.Record) error {
	embargo := int64(0)
	if !r.Article.EmbargoUntil.IsZero() {
		embargo = r.Article.EmbargoUntil.Unix()
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO articles
		(id, code, version, url, site, kind, searched, embargo, created, updated, revision, withdrawn)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
		ON CONFLICT (id) DO UPDATE SET version = excluded.version, url = excluded.url, site = excluded.site,
			kind = excluded.kind, searched = excluded.searched, embargo = excluded.embargo, updated = excluded.updated,
			revision = excluded.revision, withdrawn = 0`,
		r.Article.ID, r.Code, r.Version, r.Article.URL, r.Article.Site, r.Kind(), r.Searched(), embargo,
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
func putVersion(ctx context.Context, tx *sql.Tx, r *store.Record, next state) error {
	var updated int64
	err := tx.QueryRowContext(ctx, `INSERT INTO versions (id, version, content, photo_id, warnings, updated)
		VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (id, version) DO UPDATE SET content = excluded.content, warnings = excluded.warnings,
			photo_id = CASE photo_id WHEN '' THEN excluded.photo_id ELSE photo_id END
		RETURNING photo_id, updated`,
		r.Article.ID, r.Version, next.content, r.PhotoID, next.warned, r.Updated.UnixMilli()).Scan(&r.PhotoID, &updated)
	r.Updated = fromMilli(updated)
	return err
}

// warningsText returns the warnings as they are stored.
func warningsText(all []article.Warning) (string, error) {
	if len(all) == 0 {
		return "", nil
	}
	raw, err := json.Marshal(all)
	return string(raw), err
}

func fromMilli(ms int64) time.Time { return time.UnixMilli(ms).UTC() }

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
	var r store.Record
	var content, warned string
	var created, updated, changed int64
	var gone int
	err := row.Scan(append([]any{&content, &r.Version, &warned, &r.Code, &r.PhotoID, &created, &updated, &changed,
		&r.Revision, &gone}, more...)...)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return store.Record{}, store.ErrNotFound
	case err != nil:
		return store.Record{}, fault("read article", err)
	case gone > 0:
		return store.Record{}, errGone(gone)
	}
	r.Created, r.Updated, r.Changed = fromMilli(created), fromMilli(updated), fromMilli(changed)
	if err := json.Unmarshal([]byte(content), &r.Article); err != nil {
		return store.Record{}, fmt.Errorf("read article: %w", err)
	}
	if warned != "" {
		if err := json.Unmarshal([]byte(warned), &r.Warnings); err != nil {
			return store.Record{}, fmt.Errorf("read warnings: %w", err)
		}
	}
	return r, nil
}

// errGone returns the error for a withdrawn article.
func errGone(gone int) error {
	if gone == 2 {
		return store.ErrNeverPublic
	}
	return store.ErrGone
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
	switch {
	case err != nil:
		return store.Record{}, fault("find article", err)
	case withdrawn > 0:
		return store.Record{}, errGone(withdrawn)
	}
	return store.Record{}, store.ErrNotFound
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
	case now.code == "":
		return store.ErrNotFound
	case !now.withdrawn && revision != 0 && now.revision != revision:
		return fmt.Errorf("withdraw article: %w", store.ErrChanged)
	case now.withdrawn:
		_, err = tx.ExecContext(ctx, "UPDATE articles SET withdrawals = withdrawals + 1 WHERE id = ?", id)
	default:
		_, err = tx.ExecContext(ctx, `UPDATE articles SET withdrawn = 1, withdrawals = withdrawals + 1,
			revision = revision + 1, updated = ? WHERE id = ?`, at.UnixMilli(), id)
	}
	if err == nil {
		err = tx.Commit()
	}
	if err != nil {
		return fault("withdraw article", err)
	}
	if now.withdrawn {
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
