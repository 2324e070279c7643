package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"newsroom.example/cards/internal/journal"
	"newsroom.example/cards/internal/store"
)

// showing selects the versions that show the photo $1: by its ID, or because the article names it and it was not stored
// yet when the version was. So it does with the portrait.
const showing = `SELECT id, version FROM versions WHERE photo_id = $1
	UNION SELECT id, version FROM versions WHERE photo_id = '' AND photo_url = $1
	UNION SELECT id, version FROM versions WHERE ` + portrait + " = $1"

// portrait is the ID of a version's portrait or, if it was not stored, the address of it; NULL: it has none.
const portrait = "coalesce(content::json #>> '{portrait_id}', content::json #>> '{portrait,url}')"

// isWithdrawn asks whether the photo $1 was withdrawn.
const isWithdrawn = "SELECT EXISTS (SELECT 1 FROM withdrawn_photos WHERE photo_id = $1)"

// PhotoUses implements store.Store.
func (db *DB) PhotoUses(ctx context.Context, id string, limit int) (u store.PhotoUses, err error) {
	ctx, cancel := context.WithTimeoutCause(ctx, listTime, errLong)
	defer cancel()
	var seen map[string]bool
	err = db.rows(ctx, func() { u, seen = store.PhotoUses{}, map[string]bool{} }, func(row pgx.Row) error {
		r, err := scan(row)
		if err != nil {
			return err
		}
		if len(u.Versions) < limit {
			u.Versions = append(u.Versions, r)
		} else {
			u.MoreVersions++
		}
		if seen[r.Article.ID] {
			return nil
		}
		seen[r.Article.ID] = true
		if len(u.Articles) < limit {
			u.Articles = append(u.Articles, r.Article.ID)
		} else {
			u.MoreArticles++
		}
		return nil
	}, "WITH shows AS ("+showing+") SELECT "+everyColumn+` FROM shows
		JOIN versions v ON v.id = shows.id AND v.version = shows.version JOIN articles a ON a.id = v.id
		ORDER BY v.updated DESC, v.id, v.version`, id)
	if err != nil && !isNoText(err) {
		return store.PhotoUses{}, fault(ctx, "uses of a photo", err)
	}
	return u, nil
}

// WithdrawPhoto implements store.Store. Withdrawals of photos wait for each other, so that a process that has read one
// has read all with a smaller Seq.
func (db *DB) WithdrawPhoto(
	ctx context.Context, id string, at time.Time, without func(store.Record) store.Record,
) (changed []string, err error) {
	ctx = journal.About(ctx, id)
	err = db.within(ctx, "withdraw photo", longTime, func(ctx context.Context, tx pgx.Tx) error {
		changed = nil
		if err := lock(ctx, tx, "SELECT pg_advisory_xact_lock(hashtextextended('withdrawals of photos', 0))"); err != nil {
			return err
		}
		if err := lock(ctx, tx, "SELECT pg_advisory_xact_lock(hashtextextended('photo ' || $1, 0))", id); err != nil {
			return err
		}
		done, err := tx.Exec(ctx, "INSERT INTO withdrawn_photos (photo_id, at) VALUES ($1, $2) ON CONFLICT DO NOTHING", id,
			at.UnixMilli())
		if err != nil {
			return fault(ctx, "withdraw photo", err)
		}
		entry, ok := journal.Of(ctx, at)
		if err := enter(ctx, tx, entry.Fit(), ok && done.RowsAffected() > 0); err != nil {
			return err
		}
		all, err := lockShowing(ctx, tx, id)
		if err != nil {
			return err
		}
		for _, r := range all {
			r = without(r)
			r.Updated = at
			now, err := lockArticle(ctx, tx, r.Article.ID)
			if err != nil {
				return err
			}
			if err := db.putCurrent(ctx, tx, now, &r); err != nil {
				return err
			}
			changed = append(changed, r.Article.ID)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return changed, nil
}

// lockShowing locks the articles that show the photo, in the order of their IDs, and returns their current versions.
// The photo must be locked, so that no other article begins to show it.
func lockShowing(ctx context.Context, tx pgx.Tx, id string) (all []store.Record, err error) {
	err = lock(ctx, tx, "SELECT 1 FROM articles WHERE id IN (SELECT id FROM ("+showing+`) shows)
		ORDER BY id FOR UPDATE`, id)
	if err != nil {
		return nil, err
	}
	rows, err := tx.Query(ctx, "WITH shows AS ("+showing+") SELECT "+columns+` FROM shows
		JOIN versions v ON v.id = shows.id AND v.version = shows.version
		JOIN articles a ON a.id = v.id AND a.version = v.version WHERE NOT a.withdrawn ORDER BY a.id`, id)
	if err != nil {
		return nil, fault(ctx, "withdraw photo", err)
	}
	defer rows.Close()
	for rows.Next() {
		r, err := scan(rows)
		if err != nil {
			return nil, fault(ctx, "withdraw photo", err)
		}
		all = append(all, r)
	}
	if err := rows.Err(); err != nil {
		return nil, fault(ctx, "withdraw photo", err)
	}
	return all, nil
}

// PhotoWithdrawn implements store.Store.
func (db *DB) PhotoWithdrawn(ctx context.Context, id string) (withdrawn bool, err error) {
	err = db.value(ctx, "look for a withdrawn photo", &withdrawn, isWithdrawn, id)
	return withdrawn, err
}

// WithdrawnPhotos implements store.Store.
func (db *DB) WithdrawnPhotos(ctx context.Context, after int64) (all []store.WithdrawnPhoto, err error) {
	ctx, cancel := context.WithTimeoutCause(ctx, listTime, errLong)
	defer cancel()
	err = db.rows(ctx, func() { all = nil }, func(row pgx.Row) error {
		var p store.WithdrawnPhoto
		if err := row.Scan(&p.Seq, &p.ID); err != nil {
			return err
		}
		all = append(all, p)
		return nil
	}, "SELECT seq, photo_id FROM withdrawn_photos WHERE seq > $1 ORDER BY seq", after)
	if err != nil {
		return nil, fault(ctx, "withdrawn photos", err)
	}
	return all, nil
}
