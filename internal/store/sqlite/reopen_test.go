package sqlite

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"newsroom.example/cards/internal/article"
	kinds "newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/store"
)

// story returns the record of an article.
func story(id string) store.Record {
	a := article.Article{ID: id, URL: "https://news.example/" + id, Headline: "Storm " + id}
	now := time.Unix(1_795_000_000, 0)
	return store.Record{Article: a, Version: "v", Code: "code" + id, Created: now, Updated: now}
}

func putStory(t *testing.T, db *DB, id string) {
	t.Helper()
	if _, _, err := db.PutArticle(t.Context(), story(id), store.Seen{}); err != nil {
		t.Fatal(err)
	}
}

// watched returns a database in a folder of its own that has the article a, and opens files put in its place at once.
func watched(t *testing.T) (db *DB, dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "data")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	db = openedAt(t, filepath.Join(dir, "cards.db"), 0)
	db.waiting.settle = 0
	putStory(t, db, "a")
	return db, dir
}

// move renames all files of the database.
func move(t *testing.T, from, to string) {
	t.Helper()
	for _, suffix := range suffixes {
		if err := os.Rename(from+suffix, to+suffix); err != nil {
			t.Fatal(err)
		}
	}
}

func exists(path string) bool { _, err := os.Stat(path); return err == nil }

// refuses checks what a database without its file does: it reads, and acknowledges nothing.
func refuses(t *testing.T, why string, db *DB) {
	t.Helper()
	gone := func(what string, err error) {
		t.Helper()
		if !errors.Is(err, kinds.ErrRemoved) || !errors.Is(err, store.ErrUnavailable) ||
			!strings.Contains(kinds.MessageOf(err), "removed or replaced") {
			t.Errorf("%s: %s: %v", why, what, err)
		}
	}
	gone("check", db.Check(t.Context()))
	gone("ping", db.Ping(t.Context()))
	_, _, err := db.PutArticle(t.Context(), story("lost"), store.Seen{})
	gone("an article", err)
	gone("a withdrawal", db.DeleteArticle(t.Context(), "a", time.Now(), 0))
	prepared, err := db.articles.PrepareContext(t.Context(), "UPDATE articles SET withdrawn = 1")
	if err != nil {
		t.Fatal(err)
	}
	defer prepared.Close()
	_, err = prepared.ExecContext(t.Context())
	gone("a prepared statement", err)
	_, err = db.ConfirmShare(t.Context(), store.Confirmation{ArticleID: "a", Target: "x", At: time.Now(), Receipt: "r"})
	gone("a confirmed share", err)
	_, err = db.Count(t.Context(), waiting())
	gone("a batch", err)
	var readers sync.WaitGroup
	for range 8 {
		readers.Go(func() {
			if _, err := db.ByCode(t.Context(), "codea"); err != nil {
				t.Errorf("%s: a short link: %v", why, err)
			}
		})
	}
	readers.Wait()
	if exists(db.path) {
		t.Errorf("%s: there is a new file", why)
	}
}

// waiting returns a batch of three clicks on the article b.
func waiting() store.Batch {
	b := store.Batch{Spool: "one", First: 1}
	for range 3 {
		b.Events = append(b.Events, store.Event{Click: store.Click{ArticleID: "b", At: time.Now()}})
	}
	return b
}

// works checks that the database is whole again and counts the clicks that waited, each once.
func works(t *testing.T, why string, db *DB, b store.Batch) {
	t.Helper()
	if err := db.Check(t.Context()); err != nil {
		t.Fatalf("%s: %v", why, err)
	}
	putStory(t, db, "b")
	if _, err := db.Count(t.Context(), b); err != nil {
		t.Errorf("%s: the clicks that waited: %v", why, err)
	}
	if n, err := db.Stats(t.Context(), "b", time.Unix(0, 0)); err != nil || n.Clicks != 3 {
		t.Errorf("%s: %d clicks are stored, want 3; %v", why, n.Clicks, err)
	}
	if err := db.Ping(t.Context()); err != nil {
		t.Errorf("%s: %v", why, err)
	}
	if err := db.Close(); err != nil {
		t.Errorf("%s: %v", why, err)
	}
	again := openedAt(t, db.path, 0)
	if _, err := again.Article(t.Context(), "b"); err != nil {
		t.Errorf("%s: after a restart: %v", why, err)
	}
	if _, err := again.Article(t.Context(), "lost"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("%s: an article that was refused: %v", why, err)
	}
}

// TestRemovedAndPutBack: while the files are gone, reads continue, nothing is acknowledged and nothing is created.
// When they are back, everything is as before.
func TestRemovedAndPutBack(t *testing.T) {
	for why, remove := range map[string]func(db *DB, dir, aside string) (back func()){
		"the database file": func(db *DB, _, aside string) func() {
			_ = os.Rename(db.path, aside)
			return func() { _ = os.Rename(aside, db.path) }
		},
		"all files": func(db *DB, _, aside string) func() {
			move(t, db.path, aside)
			return func() { move(t, aside, db.path) }
		},
		"the folder": func(_ *DB, dir, aside string) func() {
			_ = os.Rename(dir, aside)
			return func() { _ = os.Rename(aside, dir) }
		},
		"all files, without the log": func(db *DB, _, aside string) func() {
			move(t, db.path, aside)
			return func() { _ = os.Rename(aside, db.path) }
		},
	} {
		db, dir := watched(t)
		back := remove(db, dir, filepath.Join(t.TempDir(), "aside"))
		refuses(t, why, db)
		back()
		works(t, why, db, waiting())
	}
}

// TestReplaced: another database in the place of a removed one is used, and gets the clicks that waited. An empty file
// becomes a new database.
func TestReplaced(t *testing.T) {
	for why, put := range map[string]func(path string){
		"a backup": func(path string) {
			backup := openedAt(t, filepath.Join(t.TempDir(), "backup.db"), 0)
			putStory(t, backup, "old")
			if err := backup.Close(); err != nil {
				t.Fatal(err)
			}
			copyFile(t, backup.path, path)
		},
		"an older schema": func(path string) { copyFile(t, oldFile(t, 1), path) },
		"an empty file":   func(path string) { _ = os.WriteFile(path, nil, 0o644) },
	} {
		db, dir := watched(t)
		if err := os.Remove(db.path); err != nil {
			t.Fatal(err)
		}
		refuses(t, why, db)
		index := db.files.at.Load().files[indexFile]
		put(db.path)
		works(t, why, db, waiting())
		for _, path := range pathsOf(db.path) {
			if info, err := os.Stat(path); err != nil || info.Mode().Perm()&0o077 != 0 {
				t.Errorf("%s: other users can read %s: %v, %v", why, path, info.Mode(), err)
			}
		}
		if now, err := os.Stat(db.path + "-shm"); err != nil || os.SameFile(now, index) {
			t.Errorf("%s: the index is that of the removed database, %v", why, err)
		}
		if kept, _ := filepath.Glob(filepath.Join(dir, "*-wal.of-*")); len(kept) != 1 {
			t.Errorf("%s: the log of the removed database is kept as %v", why, kept)
		}
	}
}

// TestReplacementIsNotUsedAtOnce: a file that is still being copied, or is damaged, is not opened, and reads continue.
func TestReplacementIsNotUsedAtOnce(t *testing.T) {
	db, _ := watched(t)
	db.waiting.settle = time.Hour
	if err := os.Remove(db.path); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(db.path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := db.Check(t.Context()); !errors.Is(err, kinds.ErrRemoved) {
		t.Errorf("a file that was just created: %v", err)
	}
	db.waiting.since = time.Now().Add(-2 * time.Hour)
	if err := os.WriteFile(db.path, []byte("half of something"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := db.Check(t.Context()); !errors.Is(err, kinds.ErrRemoved) || errors.Is(err, errDamaged) {
		t.Errorf("a file that has just changed: %v", err)
	}
	db.waiting.settle = 0
	if err := db.Check(t.Context()); !errors.Is(err, kinds.ErrRemoved) || !strings.Contains(err.Error(), "is damaged") {
		t.Errorf("a file that is no database: %v", err)
	}
	if _, err := db.ByCode(t.Context(), "codea"); err != nil {
		t.Errorf("a short link: %v", err)
	}
	if raw, err := os.ReadFile(db.path); err != nil || string(raw) != "half of something" {
		t.Errorf("the file is %q, %v", raw, err)
	}
}

// TestLogRemoved: without the log or its index nothing is acknowledged. Check saves what is in the open log and opens
// new ones, even while the database is being read.
func TestLogRemoved(t *testing.T) {
	for why, gone := range map[string][]string{
		"the log": {"-wal"}, "the index": {"-shm"}, "both": {"-wal", "-shm"},
	} {
		db, _ := watched(t)
		for _, suffix := range gone {
			if err := os.Remove(db.path + suffix); err != nil {
				t.Fatal(err)
			}
		}
		if _, _, err := db.PutArticle(t.Context(), story("lost"), store.Seen{}); !errors.Is(err, kinds.ErrRemoved) {
			t.Errorf("%s: an article: %v", why, err)
		}
		ctx, stop := context.WithCancel(t.Context())
		var readers sync.WaitGroup
		for range 4 {
			readers.Go(func() {
				for ctx.Err() == nil {
					if _, err := db.ByCode(t.Context(), "codea"); err != nil {
						t.Errorf("%s: a short link: %v", why, err)
						return
					}
				}
			})
		}
		if err := db.Check(t.Context()); err != nil {
			t.Errorf("%s: %v", why, err)
		}
		stop()
		readers.Wait()
		putStory(t, db, "b")
		copied := filepath.Join(t.TempDir(), "cards.db")
		for _, suffix := range suffixes[:indexFile] { // as after a crash
			copyFile(t, db.path+suffix, copied+suffix)
		}
		after := openedAt(t, copied, 0)
		for _, id := range []string{"a", "b"} {
			if _, err := after.Article(t.Context(), id); err != nil {
				t.Errorf("%s: article %s: %v", why, id, err)
			}
		}
		for _, suffix := range suffixes {
			if !exists(db.path + suffix) {
				t.Errorf("%s: there is no %s", why, suffix)
			}
		}
	}
}

// TestForeignLog: a log that somebody put beside the database is not used, but kept.
func TestForeignLog(t *testing.T) {
	db, dir := watched(t)
	foreign := crashed(t, 3)
	copyFile(t, foreign+"-wal", db.path+"-new")
	if err := os.Rename(db.path+"-new", db.path+"-wal"); err != nil {
		t.Fatal(err)
	}
	if err := db.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	if page, _, err := db.Articles(t.Context(), store.ArticleQuery{Limit: 10}); err != nil || len(page) != 1 || page[0].Article.ID != "a" {
		t.Errorf("%d articles, %v", len(page), err)
	}
	if kept, _ := filepath.Glob(filepath.Join(dir, "*-wal.of-*")); len(kept) != 1 {
		t.Errorf("kept: %v", kept)
	}
}
