package main

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"time"

	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/share"
)

// Clicks of the shelf: each story is read most when it is new, half as much after each halfLife, and few stories are
// read much more than the others.
const (
	clickedStories = 20_000
	halfLife       = 12 * time.Hour
	skew           = 0.9 // the n-th story has a part of 1/n^skew of all clicks
	shared         = 0.2 // the part of the clicks that are shares
)

// tapSum is the number of clicks of a story and target in five minutes, an hour or a day.
type tapSum struct {
	bucket         int64 // Unix seconds
	story          int
	target         string
	opened, shared int64
}

// tapSums are the sums of the database.
type tapSums struct{ recent, hours, days, targets []tapSum }

// tap returns the sums of about n clicks in the month before now.
func tap(n int, stories int, now time.Time) tapSums {
	r := rand.New(rand.NewPCG(1, 2))
	whole := 0.0
	for i := range stories {
		whole += math.Pow(float64(i+1), -skew)
	}
	names := share.Targets()
	var all tapSums
	recent := now.Add(-store.SharpWindow).Truncate(time.Hour)
	for i := range stories {
		began := now.Add(-time.Duration(r.Float64() * float64(store.ClickLife)))
		sums := map[tapSum]int64{} // of targets and five minutes
		for range int(float64(n) * math.Pow(float64(i+1), -skew) / whole) {
			at := now
			for !at.Before(now) {
				at = began.Add(time.Duration(r.ExpFloat64() * float64(halfLife) / math.Ln2))
				if r.IntN(8) == 0 {
					at = began.Add(time.Duration(r.Float64() * float64(now.Sub(began))))
				}
			}
			key := tapSum{bucket: at.Truncate(store.Bucket).Unix(), story: i}
			if r.Float64() < shared {
				key.target = names[r.IntN(len(names))].Name
			}
			sums[key]++
		}
		all.add(sums, recent)
	}
	return all
}

// add adds the sums of a story.
func (t *tapSums) add(sums map[tapSum]int64, recent time.Time) {
	hours, days, targets := map[tapSum]tapSum{}, map[tapSum]tapSum{}, map[tapSum]tapSum{}
	count := func(to map[tapSum]tapSum, key tapSum, n int64, target string) {
		sum := to[key]
		sum.bucket, sum.story, sum.target = key.bucket, key.story, key.target
		if target == "" {
			sum.opened += n
		} else {
			sum.shared += n
		}
		to[key] = sum
	}
	for key, n := range sums {
		hour, day := key.bucket/3600*3600, key.bucket/86400*86400
		count(hours, tapSum{bucket: hour, story: key.story}, n, key.target)
		count(days, tapSum{bucket: day, story: key.story}, n, key.target)
		count(targets, tapSum{bucket: hour, story: key.story, target: key.target}, n, key.target)
		if key.bucket >= recent.Unix() {
			sum := key
			sum.opened = n
			t.recent = append(t.recent, sum)
		}
	}
	for _, part := range []struct {
		to   *[]tapSum
		from map[tapSum]tapSum
	}{{&t.hours, hours}, {&t.days, days}, {&t.targets, targets}} {
		for _, sum := range part.from {
			*part.to = append(*part.to, sum)
		}
	}
}

// taps stores the sums in the database of the shelf, whose schema exists.
func (sh shelf) taps(ctx context.Context, t tapSums, now time.Time) (err error) {
	db, err := sql.Open("sqlite", filepath.Join(sh.data, "cards.db"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	db.SetMaxOpenConns(1)
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	byTime := func(a, b tapSum) int {
		return cmp.Or(cmp.Compare(a.bucket, b.bucket), cmp.Compare(articleID(a.story), articleID(b.story)))
	}
	byStory := func(a, b tapSum) int {
		return cmp.Or(cmp.Compare(articleID(a.story), articleID(b.story)), cmp.Compare(a.bucket, b.bucket))
	}
	for _, part := range []struct {
		query string
		sums  []tapSum
		order func(a, b tapSum) int
		args  func(tapSum) []any
	}{
		{"INSERT INTO clicks (bucket, id, target, n) VALUES (?, ?, ?, ?)", t.recent, byTime,
			func(s tapSum) []any { return []any{s.bucket, articleID(s.story), s.target, s.opened} }},
		{"INSERT INTO story_1h (bucket, id, opened, shared) VALUES (?, ?, ?, ?)", t.hours, byTime,
			func(s tapSum) []any { return []any{s.bucket, articleID(s.story), s.opened, s.shared} }},
		{"INSERT INTO story_1d (bucket, id, opened, shared) VALUES (?, ?, ?, ?)", t.days, byTime,
			func(s tapSum) []any { return []any{s.bucket, articleID(s.story), s.opened, s.shared} }},
		{"INSERT INTO target_1h (bucket, id, target, n) VALUES (?, ?, ?, ?)", t.targets, byStory,
			func(s tapSum) []any { return []any{s.bucket, articleID(s.story), s.target, s.opened + s.shared} }},
	} {
		slices.SortFunc(part.sums, part.order)
		if err := insert(ctx, tx, part.query, part.sums, part.args); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, "UPDATE recent SET since = ?", now.Add(-store.SharpWindow).Truncate(time.Hour).Unix()); err != nil {
		return err
	}
	return tx.Commit()
}

func insert(ctx context.Context, tx *sql.Tx, query string, sums []tapSum, args func(tapSum) []any) error {
	add, err := tx.PrepareContext(ctx, query)
	if err != nil {
		return err
	}
	defer add.Close()
	for _, s := range sums {
		if _, err := add.ExecContext(ctx, args(s)...); err != nil {
			return err
		}
	}
	return nil
}
