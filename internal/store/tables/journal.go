package tables

import (
	"context"
	"strings"
	"time"

	"newsroom.example/cards/internal/journal"
	"newsroom.example/cards/internal/store"
)

// Entry returns the entry of a version that becomes the current one of an article, whose state was s. ok is false if
// nothing changes thereby, or the context names no action.
func (s State) Entry(ctx context.Context, r store.Record) (e journal.Entry, ok bool) {
	e, ok = journal.Of(ctx, r.Changed)
	if !ok || r.Revision == s.Revision {
		return e, false
	}
	e.Article, e.Version, e.Revision = r.Article.ID, r.Version, r.Revision
	if !s.Live() && e.Detail == "" {
		e.Detail = "new"
	}
	return e.Fit(), true
}

// Withdrawal returns the entry of the withdrawal of an article, whose state was s.
func (s State) Withdrawal(ctx context.Context, id string, at time.Time) (e journal.Entry, ok bool) {
	e, ok = journal.Of(ctx, at)
	e.Article, e.Revision = id, s.Revision+1
	return e.Fit(), ok
}

// EntryColumns are the columns of an entry but its number, in the order of EntryValues.
const EntryColumns = "at, who, action, article, version, revision, detail"

// EntryValues returns the values of EntryColumns.
func EntryValues(e journal.Entry) []any {
	return []any{e.At.UnixMilli(), e.Who, string(e.Action), e.Article, e.Version, e.Revision, e.Detail}
}

// ScanEntry reads an entry from the columns seq and EntryColumns.
func ScanEntry(row interface{ Scan(...any) error }) (e journal.Entry, err error) {
	var at int64
	err = row.Scan(&e.Seq, &at, &e.Who, &e.Action, &e.Article, &e.Version, &e.Revision, &e.Detail)
	e.At = Time(at)
	return e, err
}

// EntriesQuery returns the query for entries, and its values. mark returns the n-th parameter, from 1 on.
func EntriesQuery(q journal.Query, mark func(n int) string) (query string, values []any) {
	where := []string{"TRUE"}
	add := func(condition string, value any) {
		values = append(values, value)
		where = append(where, condition+" "+mark(len(values)))
	}
	if q.Article != "" {
		add("article =", q.Article)
	}
	if q.Who != "" {
		add("who =", q.Who)
	}
	if !q.Since.IsZero() {
		add("at >=", q.Since.UnixMilli())
	}
	if q.Before > 0 {
		add("seq <", q.Before)
	}
	values = append(values, q.Limit)
	return "SELECT seq, " + EntryColumns + " FROM journal WHERE " + strings.Join(where, " AND ") +
		" ORDER BY seq DESC LIMIT " + mark(len(values)), values
}
