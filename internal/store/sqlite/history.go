package sqlite

import (
	"context"
	"database/sql"
	"math"
	"time"

	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/store/tables"
)

// putHistory notes that a period of an article begins with its revision.
func putHistory(
	ctx context.Context, tx *sql.Tx, id string, revision int64, version string, withdrawn bool, at int64,
) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO history (id, revision, version, withdrawn, at) VALUES (?, ?, ?, ?, ?)",
		id, revision, version, withdrawn, at)
	if err != nil {
		return fault("put history", err)
	}
	return nil
}

// historyQuery selects the periods of the article ?1 with numbers below ?2, at most ?3, each with the end: the
// beginning of the next one.
const historyQuery = `, h.revision, h.at, h.withdrawn, coalesce((SELECT n.at FROM history n
		WHERE n.id = h.id AND n.revision > h.revision ORDER BY n.revision LIMIT 1), 0)
	FROM history h CROSS JOIN articles a ON a.id = h.id CROSS JOIN versions v ON v.id = h.id AND v.version = h.version
	WHERE h.id = ?1 AND h.revision < ?2 ORDER BY h.revision DESC LIMIT ?3`

// History implements store.Store.
func (db *DB) History(ctx context.Context, id string, before int64, limit int) (all []store.Period, err error) {
	ctx, cancel := context.WithTimeout(ctx, listTime)
	defer cancel()
	if before == 0 {
		before = math.MaxInt64
	}
	rows, err := db.lists.QueryContext(ctx, "SELECT "+everyColumn+historyQuery, id, before, limit)
	if err != nil {
		return nil, fault("history", err)
	}
	defer rows.Close()
	for rows.Next() {
		var p store.Period
		var from, until int64
		if p.Record, err = scan(rows, &p.Number, &from, &p.Withdrawn, &until); err != nil {
			return nil, err
		}
		p.From, p.Until = tables.Period(from, until)
		all = append(all, p)
	}
	if err := rows.Err(); err != nil {
		return nil, fault("history", err)
	}
	if len(all) == 0 && before == math.MaxInt64 {
		return nil, store.ErrNotFound
	}
	return all, nil
}

// Series implements store.Store.
func (db *DB) Series(
	ctx context.Context, id string, since time.Time, step time.Duration,
) (all []store.Point, err error) {
	if _, err := db.Article(ctx, id); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, listTime)
	defer cancel()
	rows, err := db.lists.QueryContext(ctx, `SELECT bucket / ?3 * ?3 AS at, target, sum(n) FROM target_1h
		WHERE id = ?1 AND bucket >= ?2 GROUP BY at, target HAVING sum(n) > 0 ORDER BY at, target`,
		id, tables.HourOf(since), int64(step/time.Second))
	if err != nil {
		return nil, fault("series", err)
	}
	defer rows.Close()
	for rows.Next() {
		var p store.Point
		var at int64
		if err := rows.Scan(&at, &p.Target, &p.N); err != nil {
			return nil, fault("series", err)
		}
		p.At = time.Unix(at, 0).UTC()
		all = append(all, p)
	}
	if err := rows.Err(); err != nil {
		return nil, fault("series", err)
	}
	return all, nil
}

// Sites implements store.Store.
func (db *DB) Sites(ctx context.Context, limit int) (all []string, err error) {
	ctx, cancel := context.WithTimeout(ctx, listTime)
	defer cancel()
	rows, err := db.lists.QueryContext(ctx, tables.SitesQuery+"?", limit)
	if err != nil {
		return nil, fault("sites", err)
	}
	defer rows.Close()
	for rows.Next() {
		var site string
		if err := rows.Scan(&site); err != nil {
			return nil, fault("sites", err)
		}
		all = append(all, site)
	}
	if err := rows.Err(); err != nil {
		return nil, fault("sites", err)
	}
	return all, nil
}
