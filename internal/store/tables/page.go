package tables

import (
	"slices"
	"time"

	"newsroom.example/cards/internal/store"
)

// Page returns a page of a list and the cursor of the next one. found are the places of its articles, and records what
// was read of them; full says that records end before the places do. Then the next page begins after the last record,
// otherwise after the cursor next. newest says that the list is in the order of registration.
func Page(
	found []store.Cursor, next store.Cursor, records []store.Record, full, newest bool,
) (page []store.Record, after store.Cursor) {
	if full {
		last := records[len(records)-1].Article.ID
		next = found[slices.IndexFunc(found, func(at store.Cursor) bool { return at.ID == last })]
	}
	if newest { // a change keeps the place of an article
		return records, next
	}
	return unchanged(records, found), next
}

// SitesQuery selects the sites in their order, each by one look into the index.
const SitesQuery = `WITH RECURSIVE s (site) AS (
	SELECT min(site) FROM articles WHERE site > ''
	UNION ALL SELECT (SELECT min(site) FROM articles WHERE site > s.site) FROM s WHERE s.site IS NOT NULL
) SELECT site FROM s WHERE site IS NOT NULL LIMIT `

// unchanged returns the records of a page that are still at the places at which they were found. Of a list that is
// ordered by the time of change it leaves out those that have changed since: they come again at the end of the list,
// and a cursor with their new time would skip what comes before.
func unchanged(page []store.Record, places []store.Cursor) []store.Record {
	found := map[string]time.Time{}
	for _, at := range places {
		found[at.ID] = at.Changed
	}
	return slices.DeleteFunc(page, func(r store.Record) bool {
		at := found[r.Article.ID]
		return !at.IsZero() && !at.Equal(r.Changed)
	})
}
