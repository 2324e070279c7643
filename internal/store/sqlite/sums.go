package sqlite

import (
	"context"
	"database/sql"
	"time"

	"newsroom.example/cards/internal/store"
)

// sums are the clicks that a transaction adds. Each click is in a sum of five minutes, which are kept for a few hours,
// and in those of its hour and day.
type sums struct {
	recent, targets map[targetKey]int64
	hours, days     map[storyKey]taps
}

// targetKey identifies a sum of a story and a share target.
type targetKey struct {
	bucket     int64
	id, target string
}

// storyKey identifies the sums of a story.
type storyKey struct {
	bucket int64
	id     string
}

type taps struct{ opened, shared int64 }

func newSums() sums {
	return sums{
		recent: map[targetKey]int64{}, targets: map[targetKey]int64{},
		hours: map[storyKey]taps{}, days: map[storyKey]taps{},
	}
}

func (s sums) add(c store.Click) {
	one := taps{opened: 1}
	if c.Target != "" {
		one = taps{shared: 1}
	}
	s.recent[targetKey{bucket(c.At), c.ArticleID, c.Target}]++
	s.targets[targetKey{hour(c.At), c.ArticleID, c.Target}]++
	for _, part := range []struct {
		sums map[storyKey]taps
		key  storyKey
	}{{s.hours, storyKey{hour(c.At), c.ArticleID}}, {s.days, storyKey{day(c.At), c.ArticleID}}} {
		old := part.sums[part.key]
		part.sums[part.key] = taps{old.opened + one.opened, old.shared + one.shared}
	}
}

// write adds the sums to the stored ones.
func (s sums) write(ctx context.Context, tx *sql.Tx, to statements) error {
	byTarget := func(key targetKey, n int64) []any { return []any{key.bucket, key.id, key.target, n} }
	byStory := func(key storyKey, n taps) []any { return []any{key.bucket, key.id, n.opened, n.shared} }
	if err := addAll(ctx, tx, to.addClicks, s.recent, byTarget); err != nil {
		return err
	}
	if err := addAll(ctx, tx, to.addTarget, s.targets, byTarget); err != nil {
		return err
	}
	if err := addAll(ctx, tx, to.addHour, s.hours, byStory); err != nil {
		return err
	}
	return addAll(ctx, tx, to.addDay, s.days, byStory)
}

// addAll runs a statement for each of the sums.
func addAll[K comparable, V any](
	ctx context.Context, tx *sql.Tx, statement *sql.Stmt, sums map[K]V, args func(K, V) []any,
) error {
	add := tx.StmtContext(ctx, statement)
	defer add.Close()
	for key, n := range sums {
		if _, err := add.ExecContext(ctx, args(key, n)...); err != nil {
			return err
		}
	}
	return nil
}

// bucket, hour and day return the start of the sum that t is in, in Unix seconds.
func bucket(t time.Time) int64 { return floor(t.Unix(), store.Bucket) }
func hour(t time.Time) int64   { return floor(t.Unix(), store.LongBucket) }
func day(t time.Time) int64    { return floor(t.Unix(), wholeDay) }

const wholeDay = 24 * time.Hour

func floor(seconds int64, step time.Duration) int64 {
	n := int64(step / time.Second)
	return seconds / n * n
}
