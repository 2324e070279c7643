package sqlite

import (
	"context"
	"crypto/rand"
	"path/filepath"
	"testing"
	"time"

	"newsroom.example/cards/internal/store"
)

var start = time.Unix(1_795_000_000, 0)

// count counts clicks as a spool of their own. It returns which were counted.
func count(db *DB, clicks ...store.Click) ([]bool, error) {
	b := store.Batch{Spool: rand.Text(), First: 1}
	for _, c := range clicks {
		b.Events = append(b.Events, store.Event{Click: c})
	}
	done, err := db.Count(context.Background(), b)
	counted := make([]bool, len(done.Against))
	for i, against := range done.Against {
		counted[i] = against == ""
	}
	return counted, err
}

// sumOf returns the sum of a column of a table.
func sumOf(t *testing.T, db *DB, what string) (n int) {
	t.Helper()
	if err := db.read.QueryRowContext(t.Context(), "SELECT coalesce("+what+", 0)").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// TestOneKeyADay: of two processes that find no key of the day, both get that of the first.
func TestOneKeyADay(t *testing.T) {
	db := opened(t)
	for _, step := range []struct{ day, key, want string }{
		{"2026-11-23", "one", "one"}, {"2026-11-23", "two", "one"}, {"2026-11-24", "three", "three"}, {"2026-11-23", "four", "three"},
	} {
		if got, err := db.putDailyKey(t.Context(), step.day, []byte(step.key)); err != nil || string(got) != step.want {
			t.Errorf("%s on %s: %s, %v", step.key, step.day, got, err)
		}
	}
	if n := sumOf(t, db, "(SELECT count(*) FROM daily_key)"); n != 1 {
		t.Errorf("%d keys are stored", n)
	}
}

// TestNetworksArePruned: they are removed when their hour is over, a limited number at a time.
func TestNetworksArePruned(t *testing.T) {
	db := opened(t)
	_, err := db.clicks.ExecContext(t.Context(), `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT ?)
		INSERT INTO networks (hour, id, shared, counts) SELECT ?, 'story-' || i, 0, zeroblob(8) FROM n`, 2*maxPruned+1, store.WindowOf(start).Unix())
	if err != nil {
		t.Fatal(err)
	}
	end := store.WindowOf(start).Add(store.ShareWindow)
	for _, step := range []struct {
		at   time.Time
		rows int // remaining, with that of the click
	}{
		{end.Add(-time.Second), 2*maxPruned + 1 + 1},
		{end, 2*maxPruned + 1 + 2}, // less than a minute after the last look
		{end.Add(time.Minute), maxPruned + 1 + 2},
		{end.Add(time.Minute), 3},
		{end.Add(time.Minute), 1},
		{end.Add(24 * time.Hour), 1},
	} {
		if _, err := count(db, store.Click{ArticleID: "a", At: step.at}); err != nil {
			t.Fatal(err)
		}
		if rows := sumOf(t, db, "(SELECT count(*) FROM networks)"); rows != step.rows {
			t.Errorf("at %s there are %d, not %d", step.at.UTC(), rows, step.rows)
		}
	}
}

// TestAFullNetworkWritesNothing: visitors of a network that has its share are not remembered.
func TestAFullNetworkWritesNothing(t *testing.T) {
	db := openedAt(t, filepath.Join(t.TempDir(), "cards.db"), time.Hour)
	floor := int(store.NetworkShare.WideFloor)
	for i := range 5 * floor {
		c := store.Click{ArticleID: "a", At: start, Visitor: [16]byte{1, byte(i), byte(i >> 8)}, Network: store.Network{Wide: 1}}
		if _, err := count(db, c); err != nil {
			t.Fatal(err)
		}
	}
	if n := sumOf(t, db, "(SELECT count(*) FROM seen)"); n != floor {
		t.Errorf("%d visitors are remembered, not %d", n, floor)
	}
	if n := sumOf(t, db, "(SELECT count(*) FROM networks)"); n != 1 {
		t.Errorf("%d rows of networks", n)
	}
}

// TestSpoolsArePruned: a spool is forgotten when its latest event is older than the time, and not before.
func TestSpoolsArePruned(t *testing.T) {
	db := opened(t)
	for i, age := range []time.Duration{0, time.Hour, 0} {
		b := store.Batch{Spool: []string{"one", "two", "two"}[i], First: int64(i) + 1, Events: []store.Event{{Click: store.Click{ArticleID: "a", At: start.Add(-age)}}}}
		if _, err := db.Count(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	for _, step := range []struct {
		before time.Time
		rows   int
	}{{start.Add(-time.Hour), 2}, {start, 2}, {start.Add(time.Second), 0}} {
		if _, err := db.PruneClicks(t.Context(), step.before); err != nil {
			t.Fatal(err)
		}
		if rows := sumOf(t, db, "(SELECT count(*) FROM spools)"); rows != step.rows {
			t.Errorf("before %s: %d spools are known, not %d", step.before, rows, step.rows)
		}
	}
}
