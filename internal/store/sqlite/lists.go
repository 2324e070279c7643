package sqlite

import (
	"context"
	"time"

	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/store/tables"
)

// listTime is the time limit of one list or sum.
const listTime = 5 * time.Second

// statsQuery sums the clicks on the story ?1 by target: those of five minutes from ?2 on, as long as these are kept,
// and otherwise those of hours from ?3 on.
const statsQuery = `SELECT target, sum(n) FROM clicks
	WHERE id = ?1 AND bucket >= ?2 AND ?2 >= (SELECT since FROM recent) GROUP BY target
	UNION ALL SELECT target, sum(n) FROM target_1h
	WHERE id = ?1 AND bucket >= ?3 AND ?2 < (SELECT since FROM recent) GROUP BY target`

// Stats implements store.Store.
func (db *DB) Stats(ctx context.Context, id string, since time.Time) (store.Stats, error) {
	if _, err := db.Article(ctx, id); err != nil {
		return store.Stats{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, listTime)
	defer cancel()
	rows, err := db.lists.QueryContext(ctx, statsQuery, id, tables.BucketOf(since), tables.HourOf(since))
	if err != nil {
		return store.Stats{}, fault("stats", err)
	}
	defer rows.Close()
	s := store.Stats{By: map[string]int64{}, Confirmed: map[string]int64{}, Uncounted: map[store.Reason]int64{}}
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
	if err := db.confirmed(ctx, id, since, s.Confirmed); err != nil {
		return store.Stats{}, err
	}
	return s, db.uncounted(ctx, id, since, s.Uncounted)
}
