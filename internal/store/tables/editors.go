package tables

import (
	"context"
	"time"

	"newsroom.example/cards/internal/editors"
	"newsroom.example/cards/internal/journal"
)

// AboutEditor returns the entry of a change of what the name stands for.
func AboutEditor(ctx context.Context, name string, at time.Time) (e journal.Entry, ok bool) {
	e, ok = journal.Of(ctx, at)
	e.Detail = name
	return e.Fit(), ok
}

// SignedIn returns the entry of the beginning of a session.
func SignedIn(ctx context.Context, s editors.Session) (e journal.Entry, ok bool) {
	e, ok = journal.Of(ctx, s.Began)
	e.Who, e.Detail = s.Who(), string(s.Way)
	return e.Fit(), ok
}

// SignedOut returns the entry of the end of a session.
func SignedOut(ctx context.Context, who editors.Editor, at time.Time) (e journal.Entry, ok bool) {
	e, ok = journal.Of(ctx, at)
	e.Who = who.Who()
	return e.Fit(), ok
}

// SessionColumns are the columns of a session, in the order of SessionValues.
const SessionColumns = "session, account, name, mark, role, way, bound, began, seen, rests, ends"

// SessionValues returns the values of SessionColumns. account is the name of an editor who was added, or empty.
func SessionValues(s editors.Session, account string) []any {
	return []any{string(s.Hash), account, s.Name, s.Mark, s.Role.String(), string(s.Way), s.Bound, s.Began.UnixMilli(),
		s.Seen.UnixMilli(), s.Rests.UnixMilli(), s.Ends.UnixMilli()}
}

// SessionFields are what ScanSession reads, from sessions s and editors e.
const SessionFields = "s.session, s.name, s.mark, coalesce(e.role, s.role), s.way, s.bound, s.began, s.seen, s.rests, s.ends"

// SessionFrom joins each session to its editor. The session of an editor who was removed has none.
const SessionFrom = " FROM sessions s LEFT JOIN editors e ON e.name = s.account "

// ScanSession reads SessionFields.
func ScanSession(row interface{ Scan(...any) error }) (s editors.Session, err error) {
	var role string
	var began, seen, rests, ends int64
	err = row.Scan(&s.Hash, &s.Name, &s.Mark, &role, &s.Way, &s.Bound, &began, &seen, &rests, &ends)
	if err != nil {
		return s, err
	}
	s.Began, s.Seen, s.Rests, s.Ends = Time(began), Time(seen), Time(rests), Time(ends)
	return s, s.Role.UnmarshalText([]byte(role))
}

// AccountsQuery lists the editors. Its values are the time, twice.
func AccountsQuery(mark func(n int) string) string {
	return `SELECT e.name, e.role, e.added, e.link_ends, coalesce(max(s.seen), 0), count(s.session)
		FROM editors e LEFT JOIN sessions s ON s.account = e.name AND s.ends > ` + mark(1) + " AND s.rests > " + mark(2) +
		" GROUP BY e.name, e.role, e.added, e.link_ends ORDER BY e.name"
}

// ScanAccount reads a row of AccountsQuery at a time.
func ScanAccount(row interface{ Scan(...any) error }, now time.Time) (a editors.Account, err error) {
	var role string
	var added, link, seen int64
	if err = row.Scan(&a.Name, &role, &added, &link, &seen, &a.Sessions); err != nil {
		return a, err
	}
	a.Added = Time(added)
	if link > now.UnixMilli() {
		a.LinkEnds = Time(link)
	}
	if seen > 0 {
		a.Seen = Time(seen)
	}
	return a, a.Role.UnmarshalText([]byte(role))
}
