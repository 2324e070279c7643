package sqlite

import (
	"context"
	"encoding/json"
	"time"

	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/store/tables"
)

// listTime is the time limit of one list or sum.
const listTime = 5 * time.Second

// statsQuery sums the clicks on the story ?1 by target: those of five minutes from ?2 on, as long as these are kept,
// and otherwise those of hours from ?3 on. One of the two rows is empty.
const statsQuery = `SELECT sums(target, n) FROM clicks
	WHERE id = ?1 AND bucket >= ?2 AND ?2 >= (SELECT since FROM recent)
	UNION ALL SELECT sums(target, n) FROM target_1h
	WHERE id = ?1 AND bucket >= ?3 AND ?2 < (SELECT since FROM recent)`

// Stats implements store.Store.
func (db *DB) Stats(ctx context.Context, id string, since time.Time) (store.Stats, error) {
	if _, err := db.Article(ctx, id); err != nil {
		return store.Stats{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, listTime)
	defer cancel()
	s, err := db.taps(ctx, id, since)
	if err != nil {
		return store.Stats{}, err
	}
	if err := db.confirmed(ctx, id, since, s.Confirmed); err != nil {
		return store.Stats{}, err
	}
	return s, db.uncounted(ctx, id, since, s.Uncounted)
}

// taps returns the article's counted clicks.
func (db *DB) taps(ctx context.Context, id string, since time.Time) (s store.Stats, err error) {
	s = store.Stats{By: map[string]int64{}, Confirmed: map[string]int64{}, Uncounted: map[store.Reason]int64{}}
	rows, err := db.lists.QueryContext(ctx, statsQuery, id, tables.BucketOf(since), tables.HourOf(since))
	if err != nil {
		return store.Stats{}, fault("stats", err)
	}
	defer rows.Close()
	for rows.Next() {
		var sums []byte
		if err := rows.Scan(&sums); err != nil {
			return store.Stats{}, fault("stats", err)
		}
		if err := json.Unmarshal(sums, &s.By); err != nil {
			return store.Stats{}, fault("stats", err)
		}
	}
	if err := rows.Err(); err != nil {
		return store.Stats{}, fault("stats", err)
	}
	s.Clicks = s.By[""]
	delete(s.By, "")
	for _, n := range s.By {
		s.Shares += n
	}
	return s, nil
}
