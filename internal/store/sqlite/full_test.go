package sqlite

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/store"
)

// fill stops the database file from growing: writes fail as on a full disk. free lets it grow again.
func fill(t *testing.T, db *DB) (free func()) {
	t.Helper()
	limit := func(pages string) {
		if _, err := db.clicks.ExecContext(t.Context(), "PRAGMA max_page_count = "+pages); err != nil {
			t.Fatal(err)
		}
		if _, err := db.articles.ExecContext(t.Context(), "PRAGMA max_page_count = "+pages); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := db.clicks.ExecContext(t.Context(), "VACUUM"); err != nil { // migrations have left free pages
		t.Fatal(err)
	}
	var pages string
	if err := db.clicks.QueryRowContext(t.Context(), "PRAGMA page_count").Scan(&pages); err != nil {
		t.Fatal(err)
	}
	limit(pages)
	return func() { limit("1000000000") }
}

// tapOn returns a click whose row needs a page of its own.
func tapOn(n int) store.Click {
	return store.Click{ArticleID: fmt.Sprint("a", n, strings.Repeat("x", 4000)), At: time.Unix(1_795_000_000, 0)}
}

// TestAFullDisk: a batch that finds no room is counted exactly once when there is some. Other writes fail with
// store.ErrUnavailable, and reads continue.
func TestAFullDisk(t *testing.T) {
	db := opened(t)
	story := article.Article{ID: "storm-1", URL: "https://news.example/storm", Headline: "Storm"}
	record := store.Record{Article: story, Version: "v", Code: "abcdefg", Created: time.Now(), Updated: time.Now()}
	if _, _, err := db.PutArticle(t.Context(), record, store.Seen{}); err != nil {
		t.Fatal(err)
	}
	free := fill(t, db)
	b := store.Batch{Spool: "one", First: 1}
	for n := range 700 {
		b.Events = append(b.Events, store.Event{Click: tapOn(n)})
	}
	if _, err := db.Count(t.Context(), b); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("clicks: %v", err)
	}
	record.Article.Headline = strings.Repeat("A headline that needs room. ", 1000)
	if _, _, err := db.PutArticle(t.Context(), record, store.Seen{}); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("an article: %v", err)
	}
	if rec, err := db.ByCode(t.Context(), "abcdefg"); err != nil || rec.Article.URL != story.URL {
		t.Errorf("a short link: %v", err)
	}
	if err := db.Ping(t.Context()); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("ping: %v", err)
	}
	free()
	for range 2 {
		if _, err := db.Count(t.Context(), b); err != nil {
			t.Errorf("after it: %v", err)
		}
	}
	if n := sumOf(t, db, "(SELECT sum(n) FROM clicks)"); n != 700 {
		t.Errorf("%d clicks are stored", n)
	}
	if err := db.Ping(t.Context()); err != nil {
		t.Errorf("ping after it: %v", err)
	}
}
