package postgres

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/store/tables"
)

// topSums sums the clicks of each story and joins the articles to the sums; topQuery adds which articles. Of several
// stories with one URL, the first has the place 1.
//
// The sums are those of five minutes from $1 on, as long as these are kept, and otherwise those of hours from $2 on, up
// to the first midnight, $3, and those of days after it. $4 says which clicks weigh.
const topSums = `WITH taps AS (
	SELECT id, CASE target WHEN '' THEN n ELSE 0 END AS opened, CASE target WHEN '' THEN 0 ELSE n END AS shared
	FROM clicks WHERE bucket >= $1 AND $1 >= (SELECT since FROM recent)
	UNION ALL SELECT id, opened, shared
	FROM story_1h WHERE bucket >= $2 AND bucket < $3 AND $1 < (SELECT since FROM recent)
	UNION ALL SELECT id, opened, shared
	FROM story_1d WHERE bucket >= $3 AND $1 < (SELECT since FROM recent)
), sums AS (
	SELECT id, sum(opened)::bigint AS opened, sum(shared)::bigint AS shared FROM taps GROUP BY id
), weighed AS (
	SELECT id, opened, shared,
		CASE $4 WHEN 'clicks' THEN opened WHEN 'shares' THEN shared ELSE opened + shared END AS weight
	FROM sums
), placed AS (
	SELECT id, w.opened, w.shared, w.weight, a.created,
		row_number() OVER (PARTITION BY a.url ORDER BY w.weight DESC, a.created DESC, id) AS place
	FROM weighed w JOIN articles a USING (id)
	WHERE w.weight > 0 AND `

// topQuery returns the query for the top, and its values.
func topQuery(q store.TopQuery) (query string, args values) {
	from := tables.HourOf(q.Since)
	args = values{tables.BucketOf(q.Since), from, tables.Midnight(from), q.By}
	match := matching(q.Articles(), &args)
	return topSums + strings.Join(match, " AND ") + `), first AS (
		SELECT id, opened, shared, weight, created FROM placed WHERE place = 1
		ORDER BY weight DESC, created DESC, id LIMIT ` + args.add(q.Limit) + `)
		SELECT ` + everyColumn + `, f.opened, f.shared
		FROM first f JOIN articles a ON a.id = f.id JOIN versions v ON v.id = a.id AND v.version = a.version
		ORDER BY f.weight DESC, f.created DESC, f.id`, args
}

// Top implements store.Store. One sum is made at a time: it may take the server seconds.
func (db *DB) Top(ctx context.Context, q store.TopQuery) (top []store.TopStory, err error) {
	ctx, cancel := context.WithTimeoutCause(ctx, listTime, errLong)
	defer cancel()
	select {
	case db.summing <- struct{}{}:
		defer func() { <-db.summing }()
	case <-ctx.Done():
		return nil, fault(ctx, "top stories", ctx.Err())
	}
	query, args := topQuery(q)
	err = db.rows(ctx, func() { top = nil }, func(row pgx.Row) error {
		var s store.TopStory
		if s.Record, err = scan(row, &s.Clicks, &s.Shares); err != nil {
			return err
		}
		top = append(top, s)
		return nil
	}, query, args...)
	if err != nil && !isNoText(err) {
		return nil, fault(ctx, "top stories", err)
	}
	return top, nil
}
