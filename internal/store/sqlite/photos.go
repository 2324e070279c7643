package sqlite

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"newsroom.example/cards/internal/journal"
	"newsroom.example/cards/internal/store"
)

// showing selects the versions that show the photo ?1: by its ID, or because the article names it and it was not stored
// yet when the version was. So it does with the portrait.
const showing = `SELECT id, version FROM versions WHERE photo_id = ?1
	UNION SELECT id, version FROM versions WHERE photo_id = '' AND json_extract(content, '$.photo.url') = ?1
	UNION SELECT id, version FROM versions WHERE ` + portrait + " = ?1 AND " + portrait + " IS NOT NULL"

// portrait is the ID of a version's portrait or, if it was not stored, the address of it; NULL: it has none.
const portrait = "coalesce(json_extract(content, '$.portrait_id'), json_extract(content, '$.portrait.url'))"

// everyColumn are columns for scan that also return withdrawn articles.
var everyColumn = strings.Replace(columns, gone, "0", 1)

// PhotoUses implements store.Store.
func (db *DB) PhotoUses(ctx context.Context, id string, limit int) (u store.PhotoUses, err error) {
	ctx, cancel := context.WithTimeout(ctx, listTime)
	defer cancel()
	rows, err := db.lists.QueryContext(ctx, "WITH shows AS ("+showing+") SELECT "+everyColumn+` FROM shows
		JOIN versions v ON v.id = shows.id AND v.version = shows.version JOIN articles a ON a.id = v.id
		ORDER BY v.updated DESC, v.id, v.version`, id)
	if err != nil {
		return u, fault("uses of a photo", err)
	}
	defer rows.Close()
	seen := map[string]bool{}
	for rows.Next() {
		r, err := scan(rows)
		if err != nil {
			return u, err
		}
		if len(u.Versions) < limit {
			u.Versions = append(u.Versions, r)
		} else {
			u.MoreVersions++
		}
		if seen[r.Article.ID] {
			continue
		}
		seen[r.Article.ID] = true
		if len(u.Articles) < limit {
			u.Articles = append(u.Articles, r.Article.ID)
		} else {
			u.MoreArticles++
		}
	}
	if err := rows.Err(); err != nil {
		return u, fault("uses of a photo", err)
	}
	return u, nil
}

// WithdrawPhoto implements store.Store.
func (db *DB) WithdrawPhoto(
	ctx context.Context, id string, at time.Time, without func(store.Record) store.Record,
) (changed []string, err error) {
	ctx = journal.About(ctx, id)
	tx, err := db.articles.BeginTx(ctx, nil)
	if err != nil {
		return nil, fault("withdraw photo", err)
	}
	defer tx.Rollback()
	done, err := tx.ExecContext(ctx, "INSERT INTO withdrawn_photos (photo_id, at) VALUES (?, ?) ON CONFLICT DO NOTHING", id,
		at.UnixMilli())
	if err != nil {
		return nil, fault("withdraw photo", err)
	}
	first, err := done.RowsAffected()
	if err != nil {
		return nil, fault("withdraw photo", err)
	}
	entry, ok := journal.Of(ctx, at)
	if err := enter(ctx, tx, entry.Fit(), ok && first > 0); err != nil {
		return nil, err
	}
	current, err := showingNow(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	for _, r := range current {
		r = without(r)
		r.Updated = at
		now, err := stateOf(ctx, tx, r.Article.ID)
		if err != nil {
			return nil, err
		}
		if err := db.putCurrent(ctx, tx, now, &r); err != nil {
			return nil, err
		}
		changed = append(changed, r.Article.ID)
	}
	if err := tx.Commit(); err != nil {
		return nil, fault("withdraw photo", err)
	}
	return changed, nil
}

// showingNow returns the current versions that show the photo.
func showingNow(ctx context.Context, tx *sql.Tx, id string) (all []store.Record, err error) {
	rows, err := tx.QueryContext(ctx, "WITH shows AS ("+showing+") SELECT "+columns+` FROM shows
		JOIN versions v ON v.id = shows.id AND v.version = shows.version
		JOIN articles a ON a.id = v.id AND a.version = v.version WHERE NOT a.withdrawn`, id)
	if err != nil {
		return nil, fault("withdraw photo", err)
	}
	defer rows.Close()
	for rows.Next() {
		r, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	if err := rows.Err(); err != nil {
		return nil, fault("withdraw photo", err)
	}
	return all, nil
}

// PhotoWithdrawn implements store.Store.
func (db *DB) PhotoWithdrawn(ctx context.Context, id string) (bool, error) {
	return photoWithdrawn(ctx, db.read, id)
}

func photoWithdrawn(ctx context.Context, q interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}, id string) (withdrawn bool, err error) {
	err = q.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM withdrawn_photos WHERE photo_id = ?)", id).Scan(&withdrawn)
	if err != nil {
		return false, fault("look for a withdrawn photo", err)
	}
	return withdrawn, nil
}

// WithdrawnPhotos implements store.Store.
func (db *DB) WithdrawnPhotos(ctx context.Context, after int64) (all []store.WithdrawnPhoto, err error) {
	rows, err := db.lists.QueryContext(ctx, "SELECT seq, photo_id FROM withdrawn_photos WHERE seq > ? ORDER BY seq", after)
	if err != nil {
		return nil, fault("withdrawn photos", err)
	}
	defer rows.Close()
	for rows.Next() {
		var p store.WithdrawnPhoto
		if err := rows.Scan(&p.Seq, &p.ID); err != nil {
			return nil, fault("withdrawn photos", err)
		}
		all = append(all, p)
	}
	if err := rows.Err(); err != nil {
		return nil, fault("withdrawn photos", err)
	}
	return all, nil
}
