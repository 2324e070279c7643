package sqlite

import (
	"context"
	"time"

	"newsroom.example/cards/internal/store"
)

// listTime is the time limit of one list or sum.
const listTime = time.Minute

// Stats implements store.Store.
func (db *DB) Stats(ctx context.Context, id string, since time.Time) (store.Stats, error) {
	if _, err := db.Article(ctx, id); err != nil {
		return store.Stats{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, listTime)
	defer cancel()
	rows, err := db.lists.QueryContext(ctx,
		"SELECT target, sum(n) FROM clicks WHERE id = ? AND bucket >= ? GROUP BY target", id, bucket(since))
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
