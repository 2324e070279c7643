package main

import (
	"path/filepath"
	"testing"
	"time"

	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/store/sqlite"
)

// TestTapsAreWhatTheStoreSums: the sums that are stored directly are those that the store would have: the statistics and
// the top of a month have every click, and those of shorter windows have fewer.
func TestTapsAreWhatTheStoreSums(t *testing.T) {
	sh := shelf{data: t.TempDir()}
	const stories = 20
	if err := sh.articles(t.Context(), 0, stories); err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	sums := tap(5000, stories, now)
	want := map[string]taps{}
	for _, s := range sums.targets {
		sum := want[articleID(s.story)]
		want[articleID(s.story)] = taps{sum.opened + s.opened, sum.shared + s.shared}
	}
	if err := sh.taps(t.Context(), sums, now); err != nil {
		t.Fatal(err)
	}
	db, err := sqlite.Open(t.Context(), filepath.Join(sh.data, "cards.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var last int64
	for _, window := range []time.Duration{time.Hour, 6 * time.Hour, 3 * 24 * time.Hour, store.ClickLife} {
		top, err := db.Top(t.Context(), store.TopQuery{Since: now.Add(-window), Now: now, Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		var all int64
		for _, s := range top {
			all += s.Clicks + s.Shares
			st, err := db.Stats(t.Context(), s.Record.Article.ID, now.Add(-window))
			if err != nil || st.Clicks != s.Clicks || st.Shares != s.Shares {
				t.Errorf("%s in %s: %+v, %v; the top has %d and %d", s.Record.Article.ID, window, st, err, s.Clicks, s.Shares)
			}
			if sum := want[s.Record.Article.ID]; window == store.ClickLife && (s.Clicks != sum.opened || s.Shares != sum.shared) {
				t.Errorf("%s: %d and %d of %+v", s.Record.Article.ID, s.Clicks, s.Shares, sum)
			}
		}
		if all <= last {
			t.Errorf("%d clicks in %s, and %d in less", all, window, last)
		}
		last = all
	}
}

type taps struct{ opened, shared int64 }
