package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"

	"newsroom.example/cards/internal/store"
)

// sumsQuery sums the clicks in a range of buckets by story. The plus sign in +id prevents the planner from using the
// index on id for the grouping: it would read all clicks ever stored.
const sumsQuery = `SELECT id, sum(CASE target WHEN '' THEN n ELSE 0 END), sum(CASE target WHEN '' THEN 0 ELSE n END)
	FROM clicks WHERE bucket >= ?1 AND bucket < ?2 GROUP BY +id`

// sumsSpan is the range, in seconds, of one sumsQuery. SQLite sorts the rows in memory to group them; a month at once
// would take hundreds of megabytes.
const sumsSpan = 3600

// topQuery joins the articles to the sums of their clicks, given as JSON: [[id, opened, shared], ...].
const topQuery = `WITH sums AS (
	SELECT value ->> 0 AS id, value ->> 1 AS opened, value ->> 2 AS shared FROM json_each(?1)
), placed AS (
	SELECT a.id, s.opened, s.shared, a.created, row_number() OVER (
		PARTITION BY a.url ORDER BY CASE ?2 WHEN 'clicks' THEN s.opened WHEN 'shares' THEN s.shared ELSE s.opened + s.shared END DESC, a.created DESC, a.id) AS place
	FROM sums s JOIN articles a ON a.id = s.id
	WHERE NOT a.withdrawn AND a.embargo <= ?3 AND (?4 = '' OR a.site = ?4)
		AND CASE ?2 WHEN 'clicks' THEN s.opened WHEN 'shares' THEN s.shared ELSE s.opened + s.shared END > 0
)
SELECT ` + columns + `, p.opened, p.shared
FROM placed p JOIN articles a ON a.id = p.id JOIN versions v ON v.id = a.id AND v.version = a.version
WHERE p.place = 1
ORDER BY CASE ?2 WHEN 'clicks' THEN p.opened WHEN 'shares' THEN p.shared ELSE p.opened + p.shared END DESC, a.created DESC, a.id
LIMIT ?5`

// Top implements store.Store.
func (db *DB) Top(ctx context.Context, q store.TopQuery) ([]store.TopStory, error) {
	ctx, cancel := context.WithTimeout(ctx, listTime)
	defer cancel()
	sums, err := db.sums(ctx, bucket(q.Since))
	if err != nil {
		return nil, fault("top stories", err)
	}
	defer db.keeper.read()()
	rows, err := db.lists.QueryContext(ctx, topQuery, sums, q.By, q.Now.Unix(), q.Site, q.Limit)
	if err != nil {
		return nil, fault("top stories", err)
	}
	defer rows.Close()
	var top []store.TopStory
	for rows.Next() {
		var s store.TopStory
		if s.Record, err = scan(rows, &s.Clicks, &s.Shares); err != nil {
			return nil, err
		}
		top = append(top, s)
	}
	if err := rows.Err(); err != nil {
		return nil, fault("top stories", err)
	}
	return top, nil
}

// sums returns the clicks of each story from the bucket since on, as the JSON that topQuery reads. It can take
// seconds, so it uses a separate connection, one caller after the other.
func (db *DB) sums(ctx context.Context, since int64) (string, error) {
	conn, err := db.long.Conn(ctx)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	var until int64
	if err := conn.QueryRowContext(ctx, "SELECT coalesce(max(bucket), 0) FROM clicks").Scan(&until); err != nil {
		return "", err
	}
	query, err := conn.PrepareContext(ctx, sumsQuery)
	if err != nil {
		return "", err
	}
	defer query.Close()
	all := map[string]*[2]int64{}
	for from := since; from <= until; from += sumsSpan {
		if err := db.addSpan(ctx, query, from, all); err != nil {
			return "", err
		}
	}
	return sumsJSON(all)
}

// addSpan adds the clicks in the span of buckets that begins with from.
func (db *DB) addSpan(ctx context.Context, query *sql.Stmt, from int64, all map[string]*[2]int64) error {
	defer db.keeper.read()()
	rows, err := query.QueryContext(ctx, from, from+sumsSpan)
	if err != nil {
		return err
	}
	return addSums(all, rows)
}

// addSums adds the rows of sumsQuery to the sums by story ID: {times opened, times shared}.
func addSums(all map[string]*[2]int64, rows *sql.Rows) error {
	defer rows.Close()
	for rows.Next() {
		var id string
		var sum [2]int64
		if err := rows.Scan(&id, &sum[0], &sum[1]); err != nil {
			return err
		}
		if old := all[id]; old != nil {
			old[0], old[1] = old[0]+sum[0], old[1]+sum[1]
		} else {
			all[id] = &sum
		}
	}
	return rows.Err()
}

func sumsJSON(all map[string]*[2]int64) (string, error) {
	list := make([][3]any, 0, len(all))
	for id, sum := range all {
		list = append(list, [3]any{id, sum[0], sum[1]})
	}
	raw, err := json.Marshal(list)
	return string(raw), err
}
