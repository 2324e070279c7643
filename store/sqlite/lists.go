package sqlite

import (
	"context"
	"time"

	"cards/store"
)

// listTime bounds one list or sum. The largest of them, the Top 10 of 30 days over ten million clicks,
// takes about three seconds on two idle cores.
const listTime = time.Minute

// Stats implements store.Store.
func (db *DB) Stats(ctx context.Context, id string, since time.Time) (store.Stats, error) {
	if _, err := db.Article(ctx, id); err != nil {
		return store.Stats{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, listTime)
	defer cancel()
	rows, err := db.lists.QueryContext(ctx, "SELECT target, sum(n) FROM clicks WHERE id = ? AND bucket >= ? GROUP BY target", id, bucket(since))
	if err != nil {
		return store.Stats{}, fault("stats", err)
	}
	defer rows.Close()
	s := store.Stats{By: map[string]int64{}, Confirmed: map[string]int64{}}
	for rows.Next() {
		var target string
		var n int64
		if err := rows.Scan(&target, &n); err != nil {
			return store.Stats{}, fault("stats", err)
		}
		if target == "" {
			s.Clicks = n
			continue
		}
		s.By[target] = n
		s.Shares += n
	}
	if err := rows.Err(); err != nil {
		return store.Stats{}, fault("stats", err)
	}
	return s, db.confirmed(ctx, id, since, s.Confirmed)
}

// topQuery sums first, over the window's buckets alone, and joins the articles to the sums. The plus sign
// keeps the planner from grouping by the index on id, for which it would read the clicks of all time.
const topQuery = `WITH sums AS (
	SELECT id, sum(CASE target WHEN '' THEN n ELSE 0 END) AS opened, sum(CASE target WHEN '' THEN 0 ELSE n END) AS shared
	FROM clicks WHERE bucket >= ?1 GROUP BY +id
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
	rows, err := db.lists.QueryContext(ctx, topQuery, bucket(q.Since), q.By, q.Now.Unix(), q.Site, q.Limit)
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
