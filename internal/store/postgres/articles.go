package postgres

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/store/tables"
)

// Transactions that change articles take their locks in one order, so that none waits for another in a circle: the lock
// of the photos, then those of articles in the order of their IDs.

// PutArticle implements store.Store.
func (db *DB) PutArticle(
	ctx context.Context, r store.Record, seen store.Seen,
) (stored store.Record, created bool, err error) {
	err = db.within(ctx, "put article", fastTime, func(ctx context.Context, tx pgx.Tx) error {
		for _, photo := range shownPhotos(r) {
			const sharedLock = "SELECT pg_advisory_xact_lock_shared(hashtextextended('photo ' || $1, 0))"
			if err := lock(ctx, tx, sharedLock, photo); err != nil {
				return err
			}
		}
		now, err := lockArticle(ctx, tx, r.Article.ID)
		if err != nil {
			return err
		}
		if err := mayPut(ctx, tx, now, r, seen); err != nil {
			return err
		}
		created = !now.Live()
		return db.putCurrent(ctx, tx, now, &r)
	})
	if err != nil {
		return store.Record{}, false, err
	}
	return r, created, nil
}

// shownPhotos returns the IDs of the photos that a version shows, or how it names those that are not stored yet.
func shownPhotos(r store.Record) (all []string) {
	for _, photo := range []string{
		cmp.Or(r.PhotoID, r.Article.Photo.URL), cmp.Or(r.Article.PortraitID, r.Article.Portrait.URL),
	} {
		if photo != "" && photo != store.NoPhoto {
			all = append(all, photo)
		}
	}
	return all
}

// lock takes a lock that the query names. It ends with the transaction.
func lock(ctx context.Context, tx pgx.Tx, query string, args ...any) error {
	if _, err := tx.Exec(ctx, query, args...); err != nil {
		return fault(ctx, "lock", err)
	}
	return nil
}

// lockArticle returns the state of an article, which no other transaction changes before tx ends. If the article is
// unknown, no other transaction creates it.
func lockArticle(ctx context.Context, tx pgx.Tx, id string) (s tables.State, err error) {
	s, err = lockRow(ctx, tx, id)
	if err == nil && s.Code == "" {
		if err = lock(ctx, tx, "SELECT pg_advisory_xact_lock(hashtextextended('article ' || $1, 0))", id); err == nil {
			s, err = lockRow(ctx, tx, id) // another transaction may have created it meanwhile
		}
	}
	if err != nil || s.Code == "" {
		return tables.State{}, err
	}
	// A statement of its own: one that joins would look for the version that was current before it waited.
	err = tx.QueryRow(ctx, "SELECT photo_id, content, warnings FROM versions WHERE id = $1 AND version = $2", id,
		s.Version).Scan(&s.Photo, &s.Content, &s.Warned)
	if err != nil {
		return tables.State{}, fault(ctx, "read article", err)
	}
	return s, nil
}

// lockRow locks the article's row, and reads it.
func lockRow(ctx context.Context, tx pgx.Tx, id string) (s tables.State, err error) {
	err = tx.QueryRow(ctx, `SELECT code, created, updated, revision, withdrawals, withdrawn, version FROM articles
		WHERE id = $1 FOR UPDATE`, id).Scan(&s.Code, &s.Created, &s.Changed, &s.Revision, &s.Withdrawals, &s.Withdrawn,
		&s.Version)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) && !isNoText(err) {
		return tables.State{}, fault(ctx, "read article", err)
	}
	return s, nil
}

// mayPut returns an error if the version must not be stored: see store.Store.PutArticle.
func mayPut(ctx context.Context, tx pgx.Tx, now tables.State, r store.Record, seen store.Seen) error {
	if err := now.MayPut(seen); err != nil {
		return err
	}
	for _, id := range r.Photos() {
		var withdrawn bool
		if err := tx.QueryRow(ctx, isWithdrawn, id).Scan(&withdrawn); err != nil {
			return fault(ctx, "look for a withdrawn photo", err)
		}
		if withdrawn {
			return fmt.Errorf("put article: %w", store.ErrPhotoWithdrawn)
		}
	}
	return nil
}

// putCurrent makes r the current version of its article, whose state is now. It sets r to what the article and the
// version keep, and to the revision.
func (db *DB) putCurrent(ctx context.Context, tx pgx.Tx, now tables.State, r *store.Record) error {
	texts, err := now.Next(r)
	if err != nil {
		return err
	}
	if err := putVersion(ctx, tx, r, texts); err != nil {
		return fault(ctx, "put version", err)
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
		return fault(ctx, "put what follows", err)
	}
	return nil
}

// putArticle writes the article's row.
func putArticle(ctx context.Context, tx pgx.Tx, r *store.Record) error {
	_, err := tx.Exec(ctx, `INSERT INTO articles
		(id, code, version, url, site, kind, searched, embargo, created, updated, revision)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		ON CONFLICT (id) DO UPDATE SET version = excluded.version, url = excluded.url, site = excluded.site,
			kind = excluded.kind, searched = excluded.searched, embargo = excluded.embargo, updated = excluded.updated,
			revision = excluded.revision, withdrawn = FALSE`,
		r.Article.ID, r.Code, r.Version, r.Article.URL, r.Article.Site, r.Kind(), r.Searched(),
		tables.Embargo(r.Article),
		r.Created.UnixMilli(), r.Changed.UnixMilli(), r.Revision)
	var refused *pgconn.PgError
	if errors.As(err, &refused) && refused.Code == uniqueViolation && refused.ConstraintName == "articles_code" {
		return store.ErrCodeTaken
	}
	if err != nil {
		return fault(ctx, "put article", err)
	}
	return nil
}

// putVersion writes the version's row. In the row of a known version it changes only the times of the CMS, which
// readers do not see, a photo that was missing, and the warnings.
func putVersion(ctx context.Context, tx pgx.Tx, r *store.Record, texts tables.Texts) error {
	var updated int64
	err := tx.QueryRow(ctx, `INSERT INTO versions (id, version, content, photo_id, photo_url, warnings, updated)
		VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (id, version) DO UPDATE SET content = excluded.content, photo_url = excluded.photo_url,
			warnings = excluded.warnings,
			photo_id = CASE versions.photo_id WHEN '' THEN excluded.photo_id ELSE versions.photo_id END
		RETURNING photo_id, updated`, r.Article.ID, r.Version, texts.Content, r.PhotoID, r.Article.Photo.URL, texts.Warned,
		r.Updated.UnixMilli()).Scan(&r.PhotoID, &updated)
	r.Updated = tables.Time(updated)
	return err
}

// DeleteArticle implements store.Store.
func (db *DB) DeleteArticle(ctx context.Context, id string, at time.Time, revision int64) error {
	var again bool
	err := db.within(ctx, "withdraw article", fastTime, func(ctx context.Context, tx pgx.Tx) error {
		now, err := lockRow(ctx, tx, id)
		again = now.Withdrawn
		switch {
		case err != nil:
			return err
		case now.Code == "":
			return store.ErrNotFound
		case !now.Withdrawn && revision != 0 && now.Revision != revision:
			return fmt.Errorf("withdraw article: %w", store.ErrChanged)
		case now.Withdrawn:
			_, err = tx.Exec(ctx, "UPDATE articles SET withdrawals = withdrawals + 1 WHERE id = $1", id)
		default:
			_, err = tx.Exec(ctx, `UPDATE articles SET withdrawn = TRUE, withdrawals = withdrawals + 1,
				revision = revision + 1, updated = $2 WHERE id = $1`, id, at.UnixMilli())
			if err == nil {
				err = putHistory(ctx, tx, id, now.Revision+1, now.Version, true, at.UnixMilli())
			}
		}
		if err != nil {
			return fault(ctx, "withdraw article", err)
		}
		entry, ok := now.Withdrawal(ctx, id, at)
		return enter(ctx, tx, entry, ok && !again)
	})
	if err == nil && again {
		return store.ErrGone
	}
	return err
}
