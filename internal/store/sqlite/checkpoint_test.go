package sqlite

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"newsroom.example/cards/internal/store"
)

// TestLogIsEmptied: while lists are read the whole time, clicks are counted and the log is emptied again and again.
func TestLogIsEmptied(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cards.db")
	db := openedAt(t, path, time.Hour)
	start := time.Unix(1_795_000_000, 0)
	size := func() int64 {
		info, err := os.Stat(path + "-wal")
		if err != nil {
			t.Fatal(err)
		}
		return info.Size()
	}
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 3 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				_, err := db.Top(t.Context(), store.TopQuery{Since: start.Add(-time.Hour), Now: start, Limit: 10})
				if err != nil && !errors.Is(err, context.DeadlineExceeded) { // lists have a limit, which a busy machine reaches
					t.Error(err)
					return
				}
			}
		})
	}
	for round := range 5 {
		var clicks sync.WaitGroup
		for i := range 500 {
			clicks.Go(func() {
				click := store.Click{ArticleID: strconv.Itoa(i), Target: strconv.Itoa(round), At: start}
				if counted, err := count(db, click); err != nil || !counted[0] {
					t.Errorf("counted %t, %v", counted, err)
				}
			})
		}
		clicks.Wait()
		before := size()
		if err := db.keeper.check(t.Context(), before); err != nil || size() != before {
			t.Errorf("a log of the largest size: %d bytes, then %d, %v", before, size(), err)
		}
		if err := db.keeper.check(t.Context(), before-1); err != nil || before == 0 || size() != 0 {
			t.Errorf("a larger log: %d bytes, then %d, %v", before, size(), err)
		}
	}
	close(done)
	readers.Wait()
}

// TestEmptyingWaitsForLists: a list that takes long delays the emptying of the log, and not the clicks.
func TestEmptyingWaitsForLists(t *testing.T) {
	db := openedAt(t, filepath.Join(t.TempDir(), "cards.db"), time.Hour)
	click := store.Click{ArticleID: "a", At: time.Unix(1_795_000_000, 0)}
	if _, err := count(db, click); err != nil {
		t.Fatal(err)
	}
	end := db.keeper.read()
	emptied := make(chan error, 1)
	go func() { emptied <- db.keeper.check(t.Context(), 0) }()
	for range 20 {
		if counted, err := count(db, click); err != nil || !counted[0] {
			t.Errorf("counted %t, %v", counted, err)
		}
	}
	select {
	case err := <-emptied:
		t.Errorf("it was emptied under a list: %v", err)
	default:
	}
	end()
	if err := <-emptied; err != nil {
		t.Error(err)
	}
}

// TestClicksAreSynced: the commits of clicks are written to the disk each second. After a failure the log is in doubt,
// and the next article is not acknowledged before the log is emptied.
func TestClicksAreSynced(t *testing.T) {
	db := openedAt(t, filepath.Join(t.TempDir(), "cards.db"), time.Hour)
	db.keeper.close() // which does it each second
	at := db.files.at.Load()
	click := store.Click{ArticleID: "a", At: time.Unix(1_795_000_000, 0)}
	if _, err := count(db, click); err != nil {
		t.Fatal(err)
	}
	db.keeper.sync()
	if at.fresh.Load() || at.doubt.Load() {
		t.Error("a click is not on the disk, or it is in doubt")
	}
	if _, err := count(db, click); err != nil || at.doubt.Load() {
		t.Fatal(err)
	}
	healthy := at.log
	broken, err := os.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := broken.Close(); err != nil {
		t.Fatal(err)
	}
	at.log = broken
	if err := at.sync(); err == nil || !at.fresh.Load() || !at.doubt.Load() {
		t.Errorf("a sync that fails: %v, fresh %t, doubt %t", err, at.fresh.Load(), at.doubt.Load())
	}
	at.log = healthy
}
