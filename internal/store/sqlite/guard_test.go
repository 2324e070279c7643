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

// TestStrays: a batch that was committed while the file was moved away is counted once when it is sent again: not again
// in the file, or a copy of it, if that comes back, and in the file that replaces it.
func TestStrays(t *testing.T) {
	for why, put := range map[string]func(aside, path string){
		"back":    func(aside, path string) { move(t, aside, path) },
		"a copy":  func(aside, path string) { copyFile(t, aside, path); copyFile(t, aside+"-wal", path+"-wal") },
		"another": func(_, path string) { _ = os.WriteFile(path, nil, 0o600) },
	} {
		db, _ := watched(t)
		b := waiting()
		if _, err := db.Count(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		aside := filepath.Join(t.TempDir(), "aside")
		move(t, db.path, aside)
		if _, err := db.Count(t.Context(), b); !errors.Is(err, store.ErrUnavailable) {
			t.Errorf("%s: meanwhile: %v", why, err)
		}
		put(aside, db.path)
		works(t, why, db, b)
	}
}

// TestStrayIsNotAcknowledged: a change that was committed while the file was being moved is an error.
func TestStrayIsNotAcknowledged(t *testing.T) {
	db, _ := watched(t)
	c := &conn{at: db.files.at.Load(), files: &db.files}
	err := c.write(func() error { return os.Rename(db.path, db.path+".moved") })
	if !errors.Is(err, kinds.ErrRemoved) || !errors.Is(err, store.ErrUnavailable) {
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
