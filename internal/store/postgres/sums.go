package postgres

import (
	"cmp"

	"github.com/jackc/pgx/v5"

	"newsroom.example/cards/internal/store/tables"
)

// sums are the clicks and the uncounted requests that a transaction adds.
type sums struct{ tables.Sums }

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
	writeTargets(all, addRecent, s.Recent)
	writeTargets(all, addTargets, s.Targets)
	writeStories(all, addHours, s.Hours)
	writeStories(all, addDays, s.Days)
	if len(s.Uncounted) == 0 {
		return
	}
	rows := ordered(s.Uncounted, func(x, y tables.ReasonKey) int {
		return cmp.Or(cmp.Compare(x.ID, y.ID), cmp.Compare(x.Bucket, y.Bucket), cmp.Compare(x.Reason, y.Reason))
	})
	all.Queue(addUncounted, column(rows, func(k tables.ReasonKey) string { return k.ID }),
		column(rows, func(k tables.ReasonKey) int64 { return k.Bucket }),
		column(rows, func(k tables.ReasonKey) string { return string(k.Reason) }),
		column(rows, func(k tables.ReasonKey) int64 { return s.Uncounted[k] }))
}

func writeTargets(all *pgx.Batch, add string, sums map[tables.TargetKey]int64) {
	if len(sums) == 0 {
		return
	}
	rows := ordered(sums, func(x, y tables.TargetKey) int {
		return cmp.Or(cmp.Compare(x.Bucket, y.Bucket), cmp.Compare(x.ID, y.ID), cmp.Compare(x.Target, y.Target))
	})
	all.Queue(add, column(rows, func(k tables.TargetKey) int64 { return k.Bucket }),
		column(rows, func(k tables.TargetKey) string { return k.ID }),
		column(rows, func(k tables.TargetKey) string { return k.Target }),
		column(rows, func(k tables.TargetKey) int64 { return sums[k] }))
}

func writeStories(all *pgx.Batch, add string, sums map[tables.StoryKey]tables.Taps) {
	if len(sums) == 0 {
		return
	}
	rows := ordered(sums, func(x, y tables.StoryKey) int {
		return cmp.Or(cmp.Compare(x.Bucket, y.Bucket), cmp.Compare(x.ID, y.ID))
	})
	all.Queue(add, column(rows, func(k tables.StoryKey) int64 { return k.Bucket }),
		column(rows, func(k tables.StoryKey) string { return k.ID }),
		column(rows, func(k tables.StoryKey) int64 { return sums[k].Opened }),
		column(rows, func(k tables.StoryKey) int64 { return sums[k].Shared }))
}
