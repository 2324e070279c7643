package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

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
	if err := mayPut(ctx, tx, r, seen); err != nil {
		return store.Record{}, false, err
	}
	if created, err = putCurrent(ctx, tx, &r); err != nil {
		return store.Record{}, false, err
	}
	if err := tx.Commit(); err != nil {
		return store.Record{}, false, fault("put article", err)
	}
	return r, created, nil
}

// mayPut returns an error if the version must not be stored: see store.Store.PutArticle.
func mayPut(ctx context.Context, tx *sql.Tx, r store.Record, seen store.Seen) error {
	var now store.Seen
	var withdrawn bool
	err := tx.QueryRowContext(ctx, "SELECT withdrawals, version, withdrawn FROM articles WHERE id = ?", r.Article.ID).Scan(
		&now.Withdrawals, &now.Version, &withdrawn)
	switch {
	case err != nil && !errors.Is(err, sql.ErrNoRows):
		return fault("put article", err)
	case now.Withdrawals != seen.Withdrawals, withdrawn && seen.Version != "":
		return fmt.Errorf("put article: withdrawn meanwhile: %w", store.ErrGone)
	case seen.Version != "" && now.Version != seen.Version:
		return fmt.Errorf("put article: %w", store.ErrChanged)
	}
	if r.PhotoID == "" || r.PhotoID == store.NoPhoto {
		return nil
	}
	withdrawn, err = photoWithdrawn(ctx, tx, r.PhotoID)
	if err == nil && withdrawn {
		err = fmt.Errorf("put article: %w", store.ErrPhotoWithdrawn)
	}
	return err
}

// putCurrent makes r the current version of its article. It sets r to what the article and the version keep.
func putCurrent(ctx context.Context, tx *sql.Tx, r *store.Record) (created bool, err error) {
	content, err := json.Marshal(r.Article)
	if err != nil {
		return false, err
	}
	if created, err = putArticle(ctx, tx, r); err != nil {
		return false, err
	}
	if err := putVersion(ctx, tx, r, string(content)); err != nil {
		return false, fault("put version", err)
	}
	return created, nil
}

// putArticle writes the article's row. If the article is known, it sets r to the code and creation time that the
// article keeps.
func putArticle(ctx context.Context, tx *sql.Tx, r *store.Record) (created bool, err error) {
	var code string
	var made int64
	var withdrawn bool
	err = tx.QueryRowContext(ctx, "SELECT code, created, withdrawn FROM articles WHERE id = ?", r.Article.ID).Scan(&code,
		&made, &withdrawn)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		created = true
	case err != nil:
		return false, fault("put article", err)
	default:
		created = withdrawn
		r.Code, r.Created = code, fromMilli(made)
	}
	embargo := int64(0)
	if !r.Article.EmbargoUntil.IsZero() {
		embargo = r.Article.EmbargoUntil.Unix()
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO articles (id, code, version, url, site, embargo, created, updated, withdrawn)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)
		ON CONFLICT (id) DO UPDATE SET version = excluded.version, url = excluded.url, site = excluded.site,
			embargo = excluded.embargo, updated = excluded.updated, withdrawn = 0`,
		r.Article.ID, r.Code, r.Version, r.Article.URL, r.Article.Site, embargo, r.Created.UnixMilli(), r.Updated.UnixMilli())
	if err != nil && strings.Contains(err.Error(), "UNIQUE constraint failed: articles.code") {
		return false, store.ErrCodeTaken
	}
	if err != nil {
		return false, fault("put article", err)
	}
	return created, nil
}

// putVersion writes the version's row. In the row of a known version it changes only the times of the CMS, which
// readers do not see, and a photo that was missing.
func putVersion(ctx context.Context, tx *sql.Tx, r *store.Record, content string) error {
	var updated int64
	err := tx.QueryRowContext(ctx, `INSERT INTO versions (id, version, content, photo_id, updated) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (id, version) DO UPDATE SET content = excluded.content,
			photo_id = CASE photo_id WHEN '' THEN excluded.photo_id ELSE photo_id END
		RETURNING photo_id, updated`,
		r.Article.ID, r.Version, content, r.PhotoID, r.Updated.UnixMilli()).Scan(&r.PhotoID, &updated)
	r.Updated = fromMilli(updated)
	return err
}

func fromMilli(ms int64) time.Time { return time.UnixMilli(ms).UTC() }

// columns are the columns of a record, from articles a and versions v, in the order in which scan reads them.
const columns = "v.content, v.version, a.code, v.photo_id, a.created, v.updated, a.withdrawn"

// current joins each article to its current version.
const current = " FROM articles a JOIN versions v ON v.id = a.id AND v.version = a.version "

// scan reads the columns of a record, then more. Errors: store.ErrNotFound, store.ErrGone.
func scan(row interface{ Scan(...any) error }, more ...any) (store.Record, error) {
	var r store.Record
	var content string
	var created, updated int64
	var withdrawn bool
	err := row.Scan(append([]any{&content, &r.Version, &r.Code, &r.PhotoID, &created, &updated, &withdrawn}, more...)...)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return store.Record{}, store.ErrNotFound
	case err != nil:
		return store.Record{}, fault("read article", err)
	case withdrawn:
		return store.Record{}, store.ErrGone
	}
	r.Created, r.Updated = fromMilli(created), fromMilli(updated)
	if err := json.Unmarshal([]byte(content), &r.Article); err != nil {
		return store.Record{}, fmt.Errorf("read article: %w", err)
	}
	return r, nil
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
	var gone bool
	err = db.read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM json_each(?) u CROSS JOIN articles a ON a.url = u.value
		WHERE a.withdrawn)`, string(list)).Scan(&gone)
	switch {
	case err != nil:
		return store.Record{}, fault("find article", err)
	case gone:
		return store.Record{}, store.ErrGone
	}
	return store.Record{}, store.ErrNotFound
}

// Articles implements store.Store.
func (db *DB) Articles(ctx context.Context, after string, limit int) (page []store.Record, next string, err error) {
	ctx, cancel := context.WithTimeout(ctx, listTime)
	defer cancel()
	rows, err := db.lists.QueryContext(ctx,
		"SELECT "+columns+current+"WHERE a.id > ? AND NOT a.withdrawn ORDER BY a.id LIMIT ?", after, limit+1)
	if err != nil {
		return nil, "", fault("list articles", err)
	}
	defer rows.Close()
	for rows.Next() {
		r, err := scan(rows)
		if err != nil {
			return nil, "", err
		}
		page = append(page, r)
	}
	if err := rows.Err(); err != nil {
		return nil, "", fault("list articles", err)
	}
	if len(page) > limit {
		page = page[:limit]
		next = page[limit-1].Article.ID
	}
	return page, next, nil
}

// DeleteArticle implements store.Store.
func (db *DB) DeleteArticle(ctx context.Context, id string) error {
	tx, err := db.articles.BeginTx(ctx, nil)
	if err != nil {
		return fault("withdraw article", err)
	}
	defer tx.Rollback()
	var withdrawn bool
	err = tx.QueryRowContext(ctx, "SELECT withdrawn FROM articles WHERE id = ?", id).Scan(&withdrawn)
	if errors.Is(err, sql.ErrNoRows) {
		return store.ErrNotFound
	}
	if err == nil {
		_, err = tx.ExecContext(ctx, "UPDATE articles SET withdrawn = 1, withdrawals = withdrawals + 1 WHERE id = ?", id)
	}
	if err == nil {
		err = tx.Commit()
	}
	if err != nil {
		return fault("withdraw article", err)
	}
	if withdrawn {
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
