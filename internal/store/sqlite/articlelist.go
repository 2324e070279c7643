package sqlite

import (
	"context"
	"encoding/json"
	"math"
	"strings"
	"time"

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
	ctx, cancel := context.WithTimeout(ctx, listTime)
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
	rows, err := db.lists.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, next, fault("list articles", err)
	}
	defer rows.Close()
	var at store.Cursor
	for scanned := 0; rows.Next(); {
		var placed int64
		var matches bool
		if err := rows.Scan(&at.ID, &placed, &matches); err != nil {
			return nil, next, fault("list articles", err)
		}
		if q.Newest || !q.Since.IsZero() {
			at.Changed = tables.Time(placed)
		}
		if matches {
			if len(found) == q.Limit {
				return found, found[q.Limit-1], nil
			}
			found = append(found, at)
		}
		if scanned++; scanned == maxScanned {
			return found, at, nil
		}
	}
	if err := rows.Err(); err != nil {
		return nil, next, fault("list articles", err)
	}
	return found, next, nil
}

// scanQuery returns the query for the articles that a page of the list looks at, each with the question whether it
// matches. The conditions of WHERE leave one index, whose order is that of the list; all others are part of the
// question, so that the number of articles bounds the time.
func scanQuery(q store.ArticleQuery) (query string, args []any) {
	match, with := matching(q)
	where, order, placed := []string{"id > ?"}, "id", "updated"
	place := []any{q.After.ID}
	switch {
	case q.Newest:
		where, order, placed = []string{"created <= ?", "(created < ? OR id < ?)"}, "created DESC, id DESC", "created"
		before := int64(math.MaxInt64)
		if q.After != (store.Cursor{}) {
			before = q.After.Changed.UnixMilli()
		}
		place = []any{before, before, q.After.ID}
	case !q.Since.IsZero():
		where, order = []string{"updated >= ?", "(updated > ? OR updated = ? AND id > ?)"}, "updated, id"
		since := q.Since.UnixMilli()
		if q.Since.Nanosecond()%int(time.Millisecond) != 0 {
			since++
		}
		after := q.After.Changed.UnixMilli()
		if q.After == (store.Cursor{}) {
			after = since - 1
		}
		place = []any{max(since, after), after, after, q.After.ID}
	case q.State == store.Withdrawn:
		where = append(where, "withdrawn = 1")
	case q.State == store.Embargoed:
		where = append(where, "embargo > 0")
	case q.Site != "":
		where, place = append(where, "site = ?"), append(place, q.Site)
	case q.Kind != "":
		where, place = append(where, "kind = ?"), append(place, q.Kind)
	}
	args = append(append(with, place...), maxScanned)
	return "SELECT id, " + placed + ", " + strings.Join(match, " AND ") + " FROM articles WHERE " +
		strings.Join(where, " AND ") + " ORDER BY " + order + " LIMIT ?", args
}

// matching returns the conditions of the query, and their values.
func matching(q store.ArticleQuery) (match []string, args []any) {
	add := func(condition string, values ...any) { match, args = append(match, condition), append(args, values...) }
	switch q.State {
	case store.Withdrawn:
		add("withdrawn = 1")
	case store.Live:
		add("withdrawn = 0 AND embargo <= ?", q.Now.Unix())
	case store.Embargoed:
		add("withdrawn = 0 AND embargo > ?", q.Now.Unix())
	default:
		add("withdrawn = 0")
	}
	if q.Site != "" {
		add("site = ?", q.Site)
	}
	if q.Kind != "" {
		add("kind = ?", q.Kind)
	}
	for _, word := range q.Words() {
		var either []string
		var patterns []any
		for _, text := range word {
			pattern := "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(text) + "%"
			either = append(either, `searched LIKE ? ESCAPE '\'`)
			patterns = append(patterns, pattern)
		}
		either, patterns = append(either, `id LIKE ? ESCAPE '\'`), append(patterns, patterns[0])
		add("("+strings.Join(either, " OR ")+")", patterns...)
	}
	return match, args
}

// records returns the articles at the places, in their order. An article that was withdrawn meanwhile, or has come
// back, is left out. full says that some are left out because the page has maxListed bytes.
func (db *DB) records(
	ctx context.Context, places []store.Cursor, withdrawn bool,
) (page []store.Record, full bool, err error) {
	ids := make([]string, len(places))
	for i, at := range places {
		ids[i] = at.ID
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, false, err
	}
	rows, err := db.lists.QueryContext(ctx, "SELECT "+everyColumn+`, octet_length(v.content) FROM json_each(?) k
		CROSS JOIN articles a ON a.id = k.value JOIN versions v ON v.id = a.id AND v.version = a.version
		WHERE a.withdrawn = ? ORDER BY k.key`, string(list), withdrawn)
	if err != nil {
		return nil, false, fault("list articles", err)
	}
	defer rows.Close()
	for bytes := 0; rows.Next(); {
		var size int
		r, err := scan(rows, &size)
		if err != nil {
			return nil, false, err
		}
		if bytes += size; bytes > maxListed && len(page) > 0 {
			return page, true, nil
		}
		page = append(page, r)
	}
	if err := rows.Err(); err != nil {
		return nil, false, fault("list articles", err)
	}
	return page, false, nil
}
