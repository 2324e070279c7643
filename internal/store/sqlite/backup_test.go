package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/store"
)

// putNumbered stores an article.
func putNumbered(t *testing.T, db *DB, n int) {
	t.Helper()
	a := article.Article{ID: fmt.Sprint("story-", n), URL: fmt.Sprint("https://news.example/", n), Headline: "Storm"}
	r := store.Record{Article: a, Version: "v", Code: a.ID, Created: time.Now(), Updated: time.Now()}
	if _, _, err := db.PutArticle(t.Context(), r, store.Seen{}); err != nil {
		t.Error(err)
	}
}

// TestBackup: a backup that is made while stories are stored has those that were stored before, and is restored whole.
func TestBackup(t *testing.T) {
	dir := t.TempDir()
	path, file := filepath.Join(dir, "cards.db"), filepath.Join(dir, "a?b%41.backup")
	db := openedAt(t, path, 0)
	for n := range 100 {
		putNumbered(t, db, n)
	}
	done := make(chan struct{})
	var storing sync.WaitGroup
	storing.Go(func() {
		for n := 100; ; n++ {
			select {
			case <-done:
				return
			default:
				putNumbered(t, db, n)
			}
		}
	})
	held, err := Backup(t.Context(), path, file)
	close(done)
	storing.Wait()
	if err != nil || held.Articles < 100 || held.Versions != held.Articles {
		t.Fatalf("%+v, %v", held, err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if _, err := Backup(t.Context(), path, file); err == nil || !strings.Contains(err.Error(), "exists") {
		t.Errorf("over another file: %v", err)
	}
	if _, err := Backup(t.Context(), filepath.Join(dir, "none.db"), filepath.Join(dir, "none.backup")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("of no database: %v", err)
	}
	if parts, _ := filepath.Glob(filepath.Join(dir, "*.part*")); len(parts) > 0 {
		t.Errorf("left over: %v", parts)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path+"-wal", []byte("what the old database had last"), 0o600); err != nil {
		t.Fatal(err)
	}
	for i := range 2 { // over the old one, and where there is none
		back, aside, err := Restore(t.Context(), file, path)
		if err != nil || back != held || (aside != "") != (i == 0) {
			t.Fatalf("%+v, %q, %v", back, aside, err)
		}
		if i == 0 {
			if raw, err := os.ReadFile(aside + "-wal"); err != nil || string(raw) != "what the old database had last" {
				t.Errorf("the old log: %q, %v", raw, err)
			}
		}
		again := openedAt(t, path, 0)
		for n := range 100 {
			if _, err := again.Article(t.Context(), fmt.Sprint("story-", n)); err != nil {
				t.Errorf("story %d: %v", n, err)
			}
		}
		if err := again.Close(); err != nil {
			t.Fatal(err)
		}
		path = filepath.Join(dir, "new.db")
	}
}

// TestRestoreRefuses: what is no whole backup, and a database of a newer program, is not put in place.
func TestRestoreRefuses(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "cards.db")
	whole := oldFile(t, len(oldRows))
	raw, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	file := func(name string, raw []byte) string {
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		return p
	}
	newer := append([]byte(nil), raw...)
	newer[63] = 99 // user_version, in big endian (SQLite's file format, 1.3)
	withLog := file("with-log", raw)
	file("with-log-wal", []byte("log"))
	for why, from := range map[string]string{
		"no such file": filepath.Join(dir, "none"), "text": file("text", []byte("no database at all")), "empty": file("empty", nil),
		"half": file("half", raw[:len(raw)/2]), "newer": file("newer", newer), "log": withLog,
	} {
		if _, _, err := Restore(t.Context(), from, path); err == nil {
			t.Errorf("%s: restored", why)
		}
		if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s: something is there: %v", why, err)
		}
	}
	if _, _, err := Restore(t.Context(), whole, path); err != nil {
		t.Errorf("a file of this program: %v", err)
	}
}

// TestMigrateNames: the migrations that were run are named, once.
func TestMigrateNames(t *testing.T) {
	path := oldFile(t, len(oldRows)-2)
	for _, want := range []int{2, 0} {
		names, err := Migrate(context.Background(), path)
		if err != nil || len(names) != want {
			t.Errorf("%v, %v", names, err)
		}
	}
	if _, err := Migrate(context.Background(), filepath.Join(t.TempDir(), "none.db")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}
