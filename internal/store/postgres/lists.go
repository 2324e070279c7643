package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/store/tables"
)

// statsQuery sums the clicks on the story $1 by target: those of five minutes from $2 on, as long as these are kept,
// and otherwise those of hours from $3 on.
const statsQuery = `SELECT target, sum(n)::bigint FROM clicks
	WHERE id = $1 AND bucket >= $2 AND $2 >= (SELECT since FROM recent) GROUP BY target
	UNION ALL SELECT target, sum(n)::bigint FROM target_1h
	WHERE id = $1 AND bucket >= $3 AND $2 < (SELECT since FROM recent) GROUP BY target`

// Stats implements store.Store.
func (db *DB) Stats(ctx context.Context, id string, since time.Time) (store.Stats, error) {
	if _, err := db.Article(ctx, id); err != nil {
		return store.Stats{}, err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, listTime, errLong)
	defer cancel()
	s, err := db.taps(ctx, id, since)
	if err != nil {
		return store.Stats{}, err
	}
	if s.Confirmed, err = db.confirmed(ctx, id, since); err != nil {
		return store.Stats{}, err
	}
	if s.Uncounted, err = db.uncounted(ctx, id, since); err != nil {
		return store.Stats{}, err
	}
	return s, nil
}

// taps returns the article's counted clicks.
func (db *DB) taps(ctx context.Context, id string, since time.Time) (s store.Stats, err error) {
	err = db.rows(ctx, func() { s = store.Stats{By: map[string]int64{}} }, func(row pgx.Row) error {
		var target string
		var n int64
		if err := row.Scan(&target, &n); err != nil {
			return err
		}
		if target == "" {
			s.Clicks = n
			return nil
		}
		s.By[target] = n
		s.Shares += n
		return nil
	}, statsQuery, id, tables.BucketOf(since), tables.HourOf(since))
	if err != nil {
		return store.Stats{}, fault(ctx, "stats", err)
	}
	return s, nil
}

// uncounted returns the article's uncounted requests.
func (db *DB) uncounted(ctx context.Context, id string, since time.Time) (sums map[store.Reason]int64, err error) {
	err = db.rows(ctx, func() { sums = map[store.Reason]int64{} }, func(row pgx.Row) error {
		var reason store.Reason
		var n int64
		if err := row.Scan(&reason, &n); err != nil {
			return err
		}
		sums[reason] = n
		return nil
	}, "SELECT reason, sum(n)::bigint FROM uncounted_1h WHERE id = $1 AND bucket >= $2 GROUP BY reason", id, tables.HourOf(since))
	if err != nil {
		return nil, fault(ctx, "uncounted requests", err)
	}
	return sums, nil
}
