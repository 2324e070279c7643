package sqlite

import (
	"context"
	"strings"

	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/store/tables"
)

// topSums sums the clicks of each story and joins the articles to the sums; topQuery adds which articles.
//
// The sums are those of five minutes from ?1 on, as long as these are kept, and otherwise those of hours from ?2 on, up
// to the first midnight, ?3, and those of days after it. The plus sign in +id prevents the planner from using an index
// on id for the grouping, which would read all clicks ever stored.
const topSums = `WITH taps AS (
	SELECT id, iif(target = '', n, 0) AS opened, iif(target = '', 0, n) AS shared
	FROM clicks WHERE bucket >= ?1 AND ?1 >= (SELECT since FROM recent)
	UNION ALL SELECT id, opened, shared
	FROM story_1h WHERE bucket >= ?2 AND bucket < ?3 AND ?1 < (SELECT since FROM recent)
	UNION ALL SELECT id, opened, shared
	FROM story_1d WHERE bucket >= ?3 AND ?1 < (SELECT since FROM recent)
), sums AS MATERIALIZED (
	SELECT id, sum(opened) AS opened, sum(shared) AS shared,
		CASE ?4 WHEN 'clicks' THEN sum(opened) WHEN 'shares' THEN sum(shared) ELSE sum(opened) + sum(shared) END AS score
	FROM taps GROUP BY +id
), placed AS (
	SELECT id, s.opened, s.shared, s.score, a.created,
		row_number() OVER (PARTITION BY a.url ORDER BY s.score DESC, a.created DESC, id) AS place
	FROM sums s JOIN articles a USING (id)
	WHERE s.score > 0 AND `

// topQuery returns the query for the top, and its values.
func topQuery(q store.TopQuery) (query string, args []any) {
	match, with := matching(q.Articles())
	from := tables.HourOf(q.Since)
	args = append([]any{tables.BucketOf(q.Since), from, tables.Midnight(from), q.By}, append(with, q.Limit)...)
	return topSums + strings.Join(match, " AND ") + ") SELECT " + everyColumn + `, p.opened, p.shared
		FROM placed p JOIN articles a ON a.id = p.id JOIN versions v ON v.id = a.id AND v.version = a.version
		WHERE p.place = 1 ORDER BY p.score DESC, a.created DESC, a.id LIMIT ?`, args
}

// Top implements store.Store. It can take a tenth of a second, so it uses a separate connection, one caller after the
// other.
func (db *DB) Top(ctx context.Context, q store.TopQuery) ([]store.TopStory, error) {
	ctx, cancel := context.WithTimeout(ctx, listTime)
	defer cancel()
	conn, err := db.long.Conn(ctx)
	if err != nil {
		return nil, fault("top stories", err)
	}
	defer conn.Close()
	defer db.keeper.read()()
	query, args := topQuery(q)
	rows, err := conn.QueryContext(ctx, query, args...)
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
