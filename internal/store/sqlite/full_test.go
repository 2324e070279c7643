package sqlite

import (
	"errors"
	"fmt"
	"slices"
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

func stored(t *testing.T, db *DB) (clicks int) {
	t.Helper()
	if err := db.read.QueryRowContext(t.Context(), "SELECT coalesce(sum(n), 0) FROM clicks").Scan(&clicks); err != nil {
		t.Fatal(err)
	}
	return clicks
}

// TestClicksOutlastAFullDisk: on a full disk clicks are deferred at once, and stored exactly once when there is room
// again. Other writes fail with store.ErrUnavailable, and reads continue.
func TestClicksOutlastAFullDisk(t *testing.T) {
	db := opened(t)
	story := article.Article{ID: "storm-1", URL: "https://news.example/storm", Headline: "Storm"}
	record := store.Record{Article: story, Version: "v", Code: "abcdefg", Created: time.Now(), Updated: time.Now()}
	if _, _, err := db.PutArticle(t.Context(), record, store.Seen{}); err != nil {
		t.Fatal(err)
	}
	free := fill(t, db)
	for n := range 700 { // more than one group
		if counted, err := db.AddClick(t.Context(), tapOn(n)); counted || !errors.Is(err, store.ErrDeferred) {
			t.Fatalf("click %d: %t, %v", n, counted, err)
		}
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
	free() // the counter tries again by itself
	for db.counter.failure() != nil {
		time.Sleep(time.Millisecond)
	}
	if counted, err := db.AddClick(t.Context(), tapOn(0)); !counted || err != nil {
		t.Errorf("a click after it: %t, %v", counted, err)
	}
	if n := stored(t, db); n != 701 {
		t.Errorf("%d clicks are stored", n)
	}
	if err := db.Ping(t.Context()); err != nil {
		t.Errorf("ping after it: %v", err)
	}
}

func TestDeferredClicksAreBounded(t *testing.T) {
	db := opened(t)
	free := fill(t, db)
	defer free()
	if _, err := db.AddClick(t.Context(), tapOn(0)); !errors.Is(err, store.ErrDeferred) {
		t.Fatal(err)
	}
	db.counter.mu.Lock()
	db.counter.waiting = slices.Repeat(db.counter.waiting, maxWaiting-1)
	db.counter.mu.Unlock()
	if _, err := db.AddClick(t.Context(), tapOn(1)); !errors.Is(err, store.ErrDeferred) {
		t.Errorf("the last that is deferred: %v", err)
	}
	if _, err := db.AddClick(t.Context(), tapOn(1)); !errors.Is(err, store.ErrUnavailable) || errors.Is(err, store.ErrDeferred) {
		t.Errorf("one click more: %v", err)
	}
}

// TestCloseReportsLostClicks: Close stores the deferred clicks, or returns an error if it cannot.
func TestCloseReportsLostClicks(t *testing.T) {
	for _, room := range []bool{false, true} {
		db := opened(t)
		free := fill(t, db)
		if _, err := db.AddClick(t.Context(), tapOn(0)); !errors.Is(err, store.ErrDeferred) {
			t.Fatal(err)
		}
		if room {
			free()
		}
		if err := db.Close(); (err == nil) != room {
			t.Errorf("room %t: %v", room, err)
		}
	}
}
