package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/internal/store"
)

// storeMany stores n articles of two years: one of 1,000 is withdrawn, one of 1,000 has an embargo, half of them are of one
// site, a tenth of one kind, and the last one alone is about a walrus.
func storeMany(tb testing.TB, db *sql.DB, n int) {
	tb.Helper()
	for _, script := range []string{
		`WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n LIMIT ?1)
		INSERT INTO versions (id, version, content, photo_id, updated)
		SELECT printf('story-%07d', i), 'v', json_object('id', printf('story-%07d', i), 'url', 'https://news.example/' || i,
			'headline', 'Storm front stalls over the west coast ' || i), '', 1700000000000 + i * 60000 FROM n`,
		`WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n LIMIT ?1)
		INSERT INTO articles (id, code, version, url, site, kind, searched, embargo, created, updated, withdrawn)
		SELECT printf('story-%07d', i), printf('c%07d', i), 'v', 'https://news.example/2026/11/29/storm-front-stalls-' || i,
			CASE i % 2 WHEN 0 THEN 'The Harbor Post' ELSE 'Site ' || (i % 50) END, CASE i % 10 WHEN 3 THEN 'live' ELSE 'news' END,
			'storm front stalls over the west coast ' || i || char(10) || 'https://news.example/2026/11/29/storm-front-stalls-' || i
				|| CASE i WHEN ?1 - 1 THEN ' walrus' ELSE '' END,
			CASE i % 1000 WHEN 7 THEN 1800000000 ELSE 0 END, 1700000000000, 1700000000000 + (i * 7919 % ?1) * 60000,
			i % 1000 = 11 FROM n`,
	} {
		if _, err := db.ExecContext(context.Background(), script, n); err != nil {
			tb.Fatal(err)
		}
	}
}

// lists are queries of each kind, with the index that each must read, and no other.
var lists = []struct {
	name  string
	q     store.ArticleQuery
	index string
}{
	{"all", store.ArticleQuery{}, "PRIMARY KEY (id>?)"},
	{"live", store.ArticleQuery{State: store.Live}, "PRIMARY KEY (id>?)"},
	{"site", store.ArticleQuery{Site: "The Harbor Post"}, "articles_by_site (site=? AND id>?)"},
	{"kind", store.ArticleQuery{Kind: "live"}, "articles_by_kind (kind=? AND id>?)"},
	{"site and kind", store.ArticleQuery{Site: "Site 7", Kind: "live"}, "articles_by_site (site=? AND id>?)"},
	{"withdrawn", store.ArticleQuery{State: store.Withdrawn}, "articles_withdrawn (id>?)"},
	{"embargoed", store.ArticleQuery{State: store.Embargoed, Kind: "news"}, "articles_embargoed (id>?)"},
	{"since", store.ArticleQuery{Since: time.UnixMilli(1_700_000_000_000)}, "articles_by_change (updated>?"},
	{"since, withdrawn", store.ArticleQuery{Since: time.UnixMilli(1_700_000_000_000), State: store.Withdrawn, Site: "a"}, "articles_by_change (updated>?"},
	{"newest", store.ArticleQuery{Newest: true}, "articles_by_creation (created<?)"},
	{"newest after one, of a site", store.ArticleQuery{Newest: true, Site: "Site 7", Text: "walrus", After: store.Cursor{Changed: time.UnixMilli(1_700_000_000_000), ID: "a"}}, "articles_by_creation (created<?)"},
	{"common text", store.ArticleQuery{Text: "coast"}, "PRIMARY KEY (id>?)"},
	{"rare text", store.ArticleQuery{Text: "walrus"}, "PRIMARY KEY (id>?)"},
	{"rare text of a site", store.ArticleQuery{Text: "walrus", Site: "The Harbor Post"}, "articles_by_site (site=? AND id>?)"},
	{"no site", store.ArticleQuery{Site: "None", Text: "a"}, "articles_by_site (site=? AND id>?)"},
}

// TestListsReadOneIndex checks the plan of each list, in its order, without sorting.
func TestListsReadOneIndex(t *testing.T) {
	db := opened(t)
	storeMany(t, db.articles, 5000)
	for _, analyzed := range []bool{false, true} { // an operator may run ANALYZE
		if analyzed {
			if _, err := db.articles.ExecContext(t.Context(), "ANALYZE"); err != nil {
				t.Fatal(err)
			}
		}
		for _, l := range lists {
			query, args := scanQuery(l.q)
			plan := explained(t, db.lists, query, args...)
			if strings.Count(plan, "\n") != 1 || !strings.Contains(plan, l.index) {
				t.Errorf("%s, analyzed %t:\n%s", l.name, analyzed, plan)
			}
		}
	}
}

// TestAPageLooksAtABoundedNumber: a text that only the last article has is found after pages without any.
func TestAPageLooksAtABoundedNumber(t *testing.T) {
	db := opened(t)
	const n = 45_000
	storeMany(t, db.articles, n)
	q := store.ArticleQuery{Text: "walrus", Limit: 20}
	var cursors []string
	for {
		page, next, err := db.Articles(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		if next == (store.Cursor{}) {
			if len(page) != 1 || page[0].Article.ID != fmt.Sprintf("story-%07d", n-1) {
				t.Errorf("found %+v", page)
			}
			break
		}
		if len(page) > 0 {
			t.Fatalf("found %+v", page)
		}
		cursors, q.After = append(cursors, next.String()), next
	}
	if want := []string{"story-0019999", "story-0039999"}; fmt.Sprint(cursors) != fmt.Sprint(want) {
		t.Errorf("pages after %v", cursors)
	}
}

// BenchmarkLists measures a page of 100 of each list, over a million articles.
func BenchmarkLists(b *testing.B) {
	path := filepath.Join(b.TempDir(), "cards.db")
	db, err := Open(b.Context(), path, Options{})
	if err != nil {
		b.Fatal(err)
	}
	db.Close()
	plain, err := sql.Open("sqlite", path+"?_pragma=journal_mode(OFF)&_pragma=synchronous(OFF)&_pragma=cache_size(-400000)")
	if err != nil {
		b.Fatal(err)
	}
	plain.SetMaxOpenConns(1)
	storeMany(b, plain, 1_000_000)
	plain.Close()
	if db, err = Open(b.Context(), path, Options{}); err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	for _, l := range lists {
		l.q.Now, l.q.Limit = time.Unix(1_750_000_000, 0), 100
		b.Run(l.name, func(b *testing.B) {
			found := 0
			for b.Loop() {
				page, _, err := db.Articles(b.Context(), l.q)
				if err != nil {
					b.Fatal(err)
				}
				found = len(page)
			}
			b.ReportMetric(float64(found), "articles")
		})
	}
}
