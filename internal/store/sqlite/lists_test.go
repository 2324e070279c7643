package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/store/tables"
)

// TestSumsReadOnlyTheirWindow checks the query plans of Top and Stats: they search the sums of the window, and scan no
// table of sums.
func TestSumsReadOnlyTheirWindow(t *testing.T) {
	db := opened(t)
	_, err := db.clicks.ExecContext(t.Context(), `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n LIMIT 20000)
		INSERT OR IGNORE INTO clicks (bucket, id, target, n)
		SELECT 300 * (i % 8640), 'story-' || (i * 7919 % 20011), CASE i % 5 WHEN 0 THEN 'x' ELSE '' END, 1 FROM n`)
	if err != nil {
		t.Fatal(err)
	}
	for _, analyzed := range []bool{false, true} { // an operator may run ANALYZE
		if analyzed {
			if _, err := db.clicks.ExecContext(t.Context(), "ANALYZE"); err != nil {
				t.Fatal(err)
			}
		}
		query, args := topQuery(store.TopQuery{Since: time.Unix(1_795_000_000, 0), Text: "storm", Limit: 5})
		for _, q := range []struct {
			query string
			args  []any
			want  []string
		}{
			{query, args, []string{
				"SEARCH clicks USING PRIMARY KEY (bucket>?)", "SEARCH story_1h USING PRIMARY KEY (bucket>? AND bucket<?)",
				"SEARCH story_1d USING PRIMARY KEY (bucket>?)",
			}},
			{statsQuery, []any{"a", 1, 2}, []string{
				"SEARCH clicks USING INDEX clicks_by_article (id=? AND bucket>?)", "SEARCH target_1h USING PRIMARY KEY (id=? AND bucket>?)",
			}},
		} {
			plan := explained(t, db.long, q.query, q.args...)
			for _, want := range q.want {
				if !strings.Contains(plan, want) {
					t.Errorf("analyzed %t: no %q in\n%s", analyzed, want, plan)
				}
			}
			for _, table := range []string{"clicks", "story_1h", "story_1d", "target_1h"} {
				if strings.Contains(plan, "SCAN "+table) {
					t.Errorf("analyzed %t: it scans %s\n%s", analyzed, table, plan)
				}
			}
		}
	}
}

// TestTopSumsAllSpans: the clicks of every hour of the window are counted exactly once, although they are summed
// span by span.
func TestTopSumsAllSpans(t *testing.T) {
	db := opened(t)
	story := article.Article{ID: "storm-1", URL: "https://news.example/storm", Headline: "Storm"}
	now := time.Unix(1_795_000_000, 0)
	record := store.Record{Article: story, Version: "v", Code: "abcdefg", Created: now, Updated: now}
	if _, _, err := db.PutArticle(t.Context(), record, store.Seen{}); err != nil {
		t.Fatal(err)
	}
	const hours = 50
	for ago := range hours * 4 { // four an hour
		for _, target := range []string{"", "mail"} {
			click := store.Click{ArticleID: "storm-1", Target: target, At: now.Add(-time.Duration(ago) * 15 * time.Minute)}
			if _, err := count(db, click); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, window := range []time.Duration{0, time.Hour, 90 * time.Minute, 24 * time.Hour, hours * time.Hour, 30 * 24 * time.Hour} {
		since := now.Add(-window)
		var want int64
		for ago := range hours * 4 {
			if tables.BucketOf(now.Add(-time.Duration(ago)*15*time.Minute)) >= tables.BucketOf(since) {
				want++
			}
		}
		top, err := db.Top(t.Context(), store.TopQuery{Since: since, Now: now, Limit: 10})
		if err != nil || len(top) != 1 || top[0].Clicks != want || top[0].Shares != want {
			t.Errorf("%s: %+v, %v; want %d", window, top, err, want)
		}
	}
}

// TestListsDoNotDelayShortLinks: when all connections for lists are busy, a list waits until its context is done,
// and a short link does not wait.
func TestListsDoNotDelayShortLinks(t *testing.T) {
	db := opened(t)
	for _, pool := range []*sql.DB{db.lists, db.lists, db.long} {
		busy, err := pool.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer busy.Close()
	}
	if _, err := db.ByCode(t.Context(), "a7Bx02Q"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a short link beside busy lists: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := db.Top(ctx, store.TopQuery{Now: time.Now(), Limit: 10}); !errors.Is(err, context.Canceled) {
		t.Errorf("a list whose caller left: %v", err)
	}
}

func opened(t *testing.T) *DB {
	t.Helper()
	db, err := Open(t.Context(), filepath.Join(t.TempDir(), "cards.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// explained returns the query plan, one step per line.
func explained(t *testing.T, db *sql.DB, query string, args ...any) string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var plan strings.Builder
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			t.Fatal(err)
		}
		plan.WriteString(step + "\n")
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return plan.String()
}
