package postgres

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/store/tables"
)

// Bounds of one page of a list of articles.
const (
	// maxScanned is the number of articles that are looked at. It bounds the time of a filter that few match.
	maxScanned = 20_000
	// maxListed is the number of bytes of the articles, as they are stored. The first one is listed whatever its size.
	maxListed = 8 << 20
)

// Articles implements store.Store. It looks at articles in the order of an index, until the page is full.
func (db *DB) Articles(
	ctx context.Context, q store.ArticleQuery,
) (page []store.Record, next store.Cursor, err error) {
	ctx, cancel := context.WithTimeoutCause(ctx, listTime, errLong)
	defer cancel()
	found, next, err := db.matches(ctx, q)
	if err != nil || len(found) == 0 {
		return nil, next, err
	}
	page, full, err := db.records(ctx, found, q.State == store.Withdrawn)
	if err != nil {
		return nil, store.Cursor{}, err
	}
	page, next = tables.Page(found, next, page, full, q.Newest)
	return page, next, nil
}

// matches returns the places of the articles of a page.
func (db *DB) matches(ctx context.Context, q store.ArticleQuery) (found []store.Cursor, next store.Cursor, err error) {
	query, args := scanQuery(q)
	err = db.rows(ctx, func() { found, next = nil, store.Cursor{} }, func(row pgx.Row) error {
		var at store.Cursor
		var placed int64
		var matches, last bool
		if err := row.Scan(&at.ID, &placed, &matches, &last); err != nil {
			return err
		}
		if q.Newest || !q.Since.IsZero() {
			at.Changed = tables.Time(placed)
		}
		switch {
		case matches && len(found) == q.Limit:
			next = found[q.Limit-1]
		case matches:
			found = append(found, at)
			fallthrough
		default:
			if last {
				next = at
			}
		}
		return nil
	}, query, args...)
	if err != nil && !isNoText(err) {
		return nil, store.Cursor{}, fault(ctx, "list articles", err)
	}
	return found, next, nil
}

// values are those of a query.
type values []any

// add adds a value, and returns how the query names it.
func (v *values) add(value any) string {
	*v = append(*v, value)
	return "$" + strconv.Itoa(len(*v))
}

// scanQuery returns the query for the articles of a page, one more than its limit, and for the last one that was
// looked at. The innermost conditions leave one index, whose order is that of the list; all others are a question that
// is asked of at most maxScanned articles, so that their number bounds the time. The rows come as they are found: the
// query ends when the page is full.
func scanQuery(q store.ArticleQuery) (query string, args values) {
	match := strings.Join(matching(q, &args), " AND ")
	var where []string
	order, placed := "id", "updated"
	if q.Since.IsZero() && !q.Newest {
		where = []string{"id > " + args.add(q.After.ID)}
	}
	switch {
	case q.Newest:
		where, order, placed = placeByCreation(q, &args), "created DESC, id DESC", "created"
	case !q.Since.IsZero():
		where, order = placeByChange(q, &args), "updated, id"
	case q.State == store.Withdrawn:
		where = append(where, "withdrawn")
	case q.State == store.Embargoed:
		where = append(where, "embargo > 0")
	case q.Site != "":
		where = append(where, "site = "+args.add(q.Site))
	case q.Kind != "":
		where = append(where, "kind = "+args.add(q.Kind))
	}
	return fmt.Sprintf(`SELECT id, %[6]s, matches, place = %[1]d FROM (
		SELECT id, %[6]s, %[2]s AS matches, row_number() OVER (ORDER BY %[4]s) AS place FROM (
			SELECT id, %[6]s, withdrawn, embargo, site, kind, searched FROM articles
			WHERE %[3]s ORDER BY %[4]s LIMIT %[1]d) looked) found
		WHERE matches OR place = %[1]d ORDER BY %[4]s LIMIT %[5]s`, maxScanned, match, strings.Join(where, " AND "), order,
		args.add(q.Limit+1), placed), args
}

// placeByCreation returns the conditions of a list of the newest.
func placeByCreation(q store.ArticleQuery, args *values) []string {
	if q.After == (store.Cursor{}) {
		return []string{"TRUE"}
	}
	return []string{fmt.Sprintf("(created, id) < (%s, %s)", args.add(q.After.Changed.UnixMilli()), args.add(q.After.ID))}
}

// placeByChange returns the conditions of a list in the order of changes.
func placeByChange(q store.ArticleQuery, args *values) []string {
	since := q.Since.UnixMilli()
	if q.Since.Nanosecond()%int(time.Millisecond) != 0 {
		since++
	}
	after := q.After.Changed.UnixMilli()
	if q.After == (store.Cursor{}) {
		after = since - 1
	}
	return []string{
		"updated >= " + args.add(since), fmt.Sprintf("(updated, id) > (%s, %s)", args.add(after), args.add(q.After.ID)),
	}
}

// matching returns the conditions of the query.
func matching(q store.ArticleQuery, args *values) (match []string) {
	add := func(condition string) { match = append(match, condition) }
	switch q.State {
	case store.Withdrawn:
		add("withdrawn")
	case store.Live:
		add("NOT withdrawn AND embargo <= " + args.add(q.Now.Unix()))
	case store.Embargoed:
		add("NOT withdrawn AND embargo > " + args.add(q.Now.Unix()))
	default:
		add("NOT withdrawn")
	}
	if q.Site != "" {
		add("site = " + args.add(q.Site))
	}
	if q.Kind != "" {
		add("kind = " + args.add(q.Kind))
	}
	for _, word := range q.Words() {
		either := []string{"strpos(lower(id), " + args.add(word[0]) + ") > 0"}
		for _, text := range word {
			either = append(either, "strpos(searched, "+args.add(text)+") > 0")
		}
		add("(" + strings.Join(either, " OR ") + ")")
	}
	return match
}

// recordsQuery selects the articles $1, in their order, up to the first one with which they have more than $3 bytes:
// the server would send all others too.
var recordsQuery = `WITH sized AS (
	SELECT k.id, k.place, octet_length(v.content) AS size,
		sum(octet_length(v.content)) OVER (ORDER BY k.place) - octet_length(v.content) AS before
	FROM unnest($1::text[]) WITH ORDINALITY k (id, place)
	JOIN articles a ON a.id = k.id JOIN versions v ON v.id = a.id AND v.version = a.version WHERE a.withdrawn = $2
)
SELECT ` + everyColumn + `, s.size FROM sized s
JOIN articles a ON a.id = s.id JOIN versions v ON v.id = a.id AND v.version = a.version
WHERE s.before <= $3::bigint ORDER BY s.place`

// records returns the articles at the places, in their order. An article that was withdrawn meanwhile, or has come
// back, is left out. full says that some are left out because the page has maxListed bytes.
func (db *DB) records(
	ctx context.Context, places []store.Cursor, withdrawn bool,
) (page []store.Record, full bool, err error) {
	ids := make([]string, len(places))
	for i, at := range places {
		ids[i] = at.ID
	}
	bytes := 0
	err = db.rows(ctx, func() { page, full, bytes = nil, false, 0 }, func(row pgx.Row) error {
		var size int
		r, err := scan(row, &size)
		if err != nil {
			return err
		}
		if bytes += size; full || bytes > maxListed && len(page) > 0 {
			full = true
			return nil
		}
		page = append(page, r)
		return nil
	}, recordsQuery, ids, withdrawn, maxListed)
	if err != nil {
		return nil, false, fault(ctx, "list articles", err)
	}
	return page, full, nil
}
