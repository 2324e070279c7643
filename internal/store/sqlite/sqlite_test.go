package sqlite_test

import (
	"bufio"
	"context"
	"encoding/binary"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/store/sqlite"
	"newsroom.example/cards/internal/store/storetest"
)

func opener(t *testing.T, window time.Duration) func() store.Store {
	path := filepath.Join(t.TempDir(), "cards.db")
	return func() store.Store {
		t.Helper()
		db, err := sqlite.Open(t.Context(), path, sqlite.Options{Window: window})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.Close() })
		return db
	}
}

func TestStore(t *testing.T) { storetest.Run(t, opener) }

func TestFileIsTheOwnersAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cards.db")
	db, err := sqlite.Open(t.Context(), path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

func TestAFileFromTheFutureIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cards.db")
	if err := os.WriteFile(path, []byte("this is no database, and long enough to be sure of it"), 0o600); err != nil {
		t.Fatal(err)
	}
	if db, err := sqlite.Open(t.Context(), path, sqlite.Options{}); err == nil {
		db.Close()
		t.Error("a file that is no database was opened")
	}
}

const childPath = "CARDS_TEST_KILL_PATH"

// TestMain also serves as the child process of TestKill, which writes until it is killed.
func TestMain(m *testing.M) {
	if path := os.Getenv(childPath); path != "" {
		writeUntilKilled(path)
	}
	os.Exit(m.Run())
}

// writeUntilKilled prints a line after each successful write.
func writeUntilKilled(path string) {
	ctx := context.Background()
	db, err := sqlite.Open(ctx, path, sqlite.Options{Window: time.Minute})
	if err != nil {
		panic(err)
	}
	for i := 0; ; i++ {
		a := article.Article{ID: fmt.Sprintf("a%06d", i), URL: fmt.Sprintf("https://news.example/%d", i), Headline: "One"}
		if _, _, err := db.PutArticle(ctx, store.Record{Article: a, Version: a.Version(""), Code: a.ID, Created: time.Now(), Updated: time.Now()}, store.Seen{}); err != nil {
			panic(err)
		}
		fmt.Println("article", a.ID)
		tap := store.Event{Click: store.Click{ArticleID: "a000000", At: time.Now(), Visitor: [16]byte{byte(i), byte(i >> 8), 1}}}
		if _, err := db.Count(ctx, store.Batch{Spool: "one", First: int64(i) + 1, Events: []store.Event{tap}}); err != nil {
			panic(err)
		}
		fmt.Println("click")
	}
}

func TestKill(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cards.db")
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childPath+"="+path)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	var articles []string
	clicks := int64(0)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if id, ok := strings.CutPrefix(lines.Text(), "article "); ok {
			articles = append(articles, id)
		} else {
			clicks++
		}
		if clicks == 100 {
			_ = child.Process.Kill()
		}
	}
	_ = child.Wait()
	if clicks < 100 {
		t.Fatalf("the child wrote %d clicks", clicks)
	}
	db, err := sqlite.Open(t.Context(), path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, id := range articles {
		if _, err := db.Article(t.Context(), id); err != nil {
			t.Errorf("acknowledged article %s: %v", id, err)
		}
	}
	st, err := db.Stats(t.Context(), "a000000", time.Now().Add(-time.Hour))
	if err != nil || st.Clicks < clicks || st.Clicks > clicks+1 {
		t.Errorf("%d clicks are stored, %v; %d were acknowledged", st.Clicks, err, clicks)
	}
}

// BenchmarkCount counts clicks in batches of 64: of unknown visitors, and of visitors each in a network of its own, IPv4
// and IPv6, on a hundred stories. One operation is one click.
func BenchmarkCount(b *testing.B) {
	for _, bb := range []struct {
		name  string
		click func(n uint64) store.Click
	}{
		{"unknown", func(uint64) store.Click { return store.Click{ArticleID: "a"} }},
		{"IPv4", func(n uint64) store.Click { return visit(n, 0) }},
		{"IPv6", func(n uint64) store.Click { return visit(n, uint16(1+n*104729%4095)) }},
		{"one story", func(n uint64) store.Click {
			c := visit(n, 0)
			c.ArticleID = "a"
			return c
		}},
		{"refused", func(uint64) store.Click {
			return store.Click{ArticleID: "a", Network: store.Network{Wide: 1}}
		}},
	} {
		b.Run(bb.name, func(b *testing.B) {
			db, err := sqlite.Open(b.Context(), filepath.Join(b.TempDir(), "cards.db"), sqlite.Options{Window: time.Minute})
			if err != nil {
				b.Fatal(err)
			}
			defer db.Close()
			batch := store.Batch{Spool: "one", First: 1, Events: make([]store.Event, 64)}
			for n := 0; b.Loop(); n++ {
				e := &batch.Events[n%len(batch.Events)]
				e.Click = bb.click(uint64(n))
				e.At = time.Now()
				if n%len(batch.Events) < len(batch.Events)-1 {
					continue
				}
				if _, err := db.Count(context.Background(), batch); err != nil {
					b.Fatal(err)
				}
				batch.First = batch.Last() + 1
			}
		})
	}
}

// visit is the n-th visitor's click.
func visit(n uint64, narrow uint16) store.Click {
	c := store.Click{ArticleID: "story-" + strconv.FormatUint(n%100, 10)}
	binary.LittleEndian.PutUint64(c.Visitor[:], n)
	c.Network = store.Network{Wide: uint16(1 + n*7919%4095), Narrow: narrow}
	return c
}
