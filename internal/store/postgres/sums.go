package postgres

import (
	"cmp"
	"time"

	"github.com/jackc/pgx/v5"

	"newsroom.example/cards/internal/store"
)

// sums are the clicks that a transaction adds. Each click is in a sum of five minutes, which are kept for a few hours,
// and in those of its hour and day.
type sums struct {
	recent, targets map[targetKey]int64
	hours, days     map[storyKey]taps
	uncounted       map[reasonKey]int64
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

// reasonKey identifies a sum of uncounted requests.
type reasonKey struct {
	id     string
	bucket int64
	reason store.Reason
}

func newSums() sums {
	return sums{
		recent: map[targetKey]int64{}, targets: map[targetKey]int64{},
		hours: map[storyKey]taps{}, days: map[storyKey]taps{}, uncounted: map[reasonKey]int64{},
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

func (s sums) refuse(c store.Click, why store.Reason) {
	s.uncounted[reasonKey{c.ArticleID, hour(c.At), why}]++
}

// Statements that add to sums. The arrays come in the order of the keys; ORDER BY says it to the server. Transactions
// that add in different orders would wait for each other in circles.
const (
	// addRecent leaves out sums that are older than those that are kept.
	addRecent = `INSERT INTO clicks AS c (bucket, id, target, n)
		SELECT k.bucket, k.id, k.target, k.n
		FROM unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[]) k (bucket, id, target, n)
		WHERE k.bucket >= (SELECT since FROM recent)
		ORDER BY k.bucket, k.id COLLATE "C", k.target COLLATE "C"
		ON CONFLICT (bucket, id, target) DO UPDATE SET n = c.n + excluded.n`
	addTargets = `INSERT INTO target_1h AS t (bucket, id, target, n)
		SELECT k.bucket, k.id, k.target, k.n
		FROM unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[]) k (bucket, id, target, n)
		ORDER BY k.bucket, k.id COLLATE "C", k.target COLLATE "C"
		ON CONFLICT (id, bucket, target) DO UPDATE SET n = t.n + excluded.n`
	addHours = `INSERT INTO story_1h AS s (bucket, id, opened, shared)
		SELECT k.bucket, k.id, k.opened, k.shared
		FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[]) k (bucket, id, opened, shared)
		ORDER BY k.bucket, k.id COLLATE "C"
		ON CONFLICT (bucket, id) DO UPDATE SET opened = s.opened + excluded.opened, shared = s.shared + excluded.shared`
	addDays = `INSERT INTO story_1d AS s (bucket, id, opened, shared)
		SELECT k.bucket, k.id, k.opened, k.shared
		FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[]) k (bucket, id, opened, shared)
		ORDER BY k.bucket, k.id COLLATE "C"
		ON CONFLICT (bucket, id) DO UPDATE SET opened = s.opened + excluded.opened, shared = s.shared + excluded.shared`
	addUncounted = `INSERT INTO uncounted_1h AS u (id, bucket, reason, n)
		SELECT k.id, k.bucket, k.reason, k.n
		FROM unnest($1::text[], $2::bigint[], $3::text[], $4::bigint[]) k (id, bucket, reason, n)
		ORDER BY k.id COLLATE "C", k.bucket, k.reason COLLATE "C"
		ON CONFLICT (id, bucket, reason) DO UPDATE SET n = u.n + excluded.n`
)

// write adds the statements that add to the sums.
func (s sums) write(all *pgx.Batch) {
	writeTargets(all, addRecent, s.recent)
	writeTargets(all, addTargets, s.targets)
	writeStories(all, addHours, s.hours)
	writeStories(all, addDays, s.days)
	if len(s.uncounted) == 0 {
		return
	}
	rows := ordered(s.uncounted, func(x, y reasonKey) int {
		return cmp.Or(cmp.Compare(x.id, y.id), cmp.Compare(x.bucket, y.bucket), cmp.Compare(x.reason, y.reason))
	})
	all.Queue(addUncounted, column(rows, func(k reasonKey) string { return k.id }),
		column(rows, func(k reasonKey) int64 { return k.bucket }),
		column(rows, func(k reasonKey) string { return string(k.reason) }),
		column(rows, func(k reasonKey) int64 { return s.uncounted[k] }))
}

func writeTargets(all *pgx.Batch, add string, sums map[targetKey]int64) {
	if len(sums) == 0 {
		return
	}
	rows := ordered(sums, func(x, y targetKey) int {
		return cmp.Or(cmp.Compare(x.bucket, y.bucket), cmp.Compare(x.id, y.id), cmp.Compare(x.target, y.target))
	})
	all.Queue(add, column(rows, func(k targetKey) int64 { return k.bucket }),
		column(rows, func(k targetKey) string { return k.id }), column(rows, func(k targetKey) string { return k.target }),
		column(rows, func(k targetKey) int64 { return sums[k] }))
}

func writeStories(all *pgx.Batch, add string, sums map[storyKey]taps) {
	if len(sums) == 0 {
		return
	}
	rows := ordered(sums, func(x, y storyKey) int {
		return cmp.Or(cmp.Compare(x.bucket, y.bucket), cmp.Compare(x.id, y.id))
	})
	all.Queue(add, column(rows, func(k storyKey) int64 { return k.bucket }),
		column(rows, func(k storyKey) string { return k.id }),
		column(rows, func(k storyKey) int64 { return sums[k].opened }),
		column(rows, func(k storyKey) int64 { return sums[k].shared }))
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
