package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	kinds "newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/store"
)

// TestStrays: clicks that were committed while the file was moved away are stored once: in the file if it comes back,
// and otherwise in the file that replaces it.
func TestStrays(t *testing.T) {
	for _, back := range []bool{true, false} {
		db, _ := watched(t)
		group := []*tap{{click: store.Click{ArticleID: "b", At: time.Now()}}, {click: store.Click{ArticleID: "b", At: time.Now()}}}
		if err := db.counter.commit(group); err != nil {
			t.Fatal(err)
		}
		aside := filepath.Join(t.TempDir(), "aside")
		move(t, db.path, aside)
		db.counter.postpone(group, &strayError{errMoved, db.files.at.Load()})
		if counted, err := db.AddClick(t.Context(), store.Click{ArticleID: "b", At: time.Now()}); counted || !errors.Is(err, store.ErrDeferred) {
			t.Errorf("a click meanwhile: %t, %v", counted, err)
		}
		if back {
			move(t, aside, db.path)
		} else if err := os.WriteFile(db.path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		works(t, map[bool]string{true: "back", false: "another"}[back], db)
	}
}

// TestStrayIsNotAcknowledged: a change that was committed while the file was being moved is an error.
func TestStrayIsNotAcknowledged(t *testing.T) {
	db, _ := watched(t)
	c := &conn{at: db.files.at.Load(), files: &db.files}
	err := c.write(func() error { return os.Rename(db.path, db.path+".moved") })
	if _, ok := errors.AsType[*strayError](err); !ok || !errors.Is(err, kinds.ErrRemoved) {
		t.Errorf("%v", err)
	}
}

// TestCanceledReadsKeepTheirConnections: while the file is gone no other connection could be opened.
func TestCanceledReadsKeepTheirConnections(t *testing.T) {
	db, _ := watched(t)
	if err := os.Remove(db.path); err != nil {
		t.Fatal(err)
	}
	const endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
	for range 8 {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Millisecond)
		var n int
		if err := db.read.QueryRowContext(ctx, endless).Scan(&n); err == nil {
			t.Fatal("an endless query ended")
		}
		cancel()
	}
	if _, err := db.ByCode(t.Context(), "codea"); err != nil {
		t.Error(err)
	}
}

// TestFailedWriteIsDoubtful: an I/O error of the driver puts the log in doubt, another error does not.
func TestFailedWriteIsDoubtful(t *testing.T) {
	db, _ := watched(t)
	c := &conn{at: db.files.at.Load(), files: &db.files}
	other := errors.New("another error")
	if err := c.write(func() error { return other }); !errors.Is(err, other) || c.at.doubt.Load() {
		t.Errorf("%v, in doubt: %t", err, c.at.doubt.Load())
	}
	if err := os.Truncate(db.path+"-wal", 0); err != nil {
		t.Fatal(err)
	}
	var n int
	failure := db.lists.QueryRowContext(t.Context(), "SELECT count(*) FROM articles").Scan(&n) // it reads the log
	if err := c.write(func() error { return failure }); err == nil || !c.at.doubt.Load() {
		t.Errorf("%v, in doubt: %t", err, c.at.doubt.Load())
	}
}

// TestLogIsNotTrustedAfterAFailedWrite: the next article empties the log first.
func TestLogIsNotTrustedAfterAFailedWrite(t *testing.T) {
	db, _ := watched(t)
	for i := range 40 {
		putStory(t, db, "a"+string(rune('A'+i)))
	}
	size := func() int64 {
		t.Helper()
		n, err := db.files.at.Load().logSize()
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	before := size()
	db.files.at.Load().doubt.Store(true)
	if err := db.DeleteArticle(t.Context(), "a", time.Now(), 0); err != nil {
		t.Fatal(err)
	}
	if after := size(); after == 0 || after > before/4 {
		t.Errorf("the log has %d bytes, before %d", after, before)
	}
	if db.files.at.Load().doubt.Load() {
		t.Error("it is still in doubt")
	}
}

// BenchmarkPresent measures the check that is made before and after each commit.
func BenchmarkPresent(b *testing.B) {
	db, err := Open(b.Context(), filepath.Join(b.TempDir(), "cards.db"), Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	at := db.files.at.Load()
	for b.Loop() {
		if err := at.check(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPutArticle measures one writer.
func BenchmarkPutArticle(b *testing.B) {
	db, err := Open(b.Context(), filepath.Join(b.TempDir(), "cards.db"), Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	for i := 0; b.Loop(); i++ {
		if _, _, err := db.PutArticle(b.Context(), story(fmt.Sprint("a", i)), store.Seen{}); err != nil {
			b.Fatal(err)
		}
	}
}
