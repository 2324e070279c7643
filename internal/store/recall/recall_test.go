package recall

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/store/sqlite"
	"newsroom.example/cards/internal/store/storetest"
)

func open(t *testing.T, path string, window time.Duration) store.Store {
	t.Helper()
	db, err := sqlite.Open(t.Context(), path, sqlite.Options{Window: window})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// TestConformance: in front of a store that works, it is that store.
func TestConformance(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the whole suite of stores, on SQLite once more")
	}
	storetest.Run(t, func(t *testing.T, window time.Duration) func() store.Store {
		path := filepath.Join(t.TempDir(), "cards.db")
		return func() store.Store { return New(open(t, path, window), 1<<20) }
	})
}

// failing is a store whose reads can fail, or hang.
type failing struct {
	store.Store

	mu    sync.Mutex // guards what follows
	err   error
	hangs bool
	hold  chan struct{} // hangs until it is closed, whatever the caller's limit; nil: does not
	asked int
}

func (f *failing) try(ctx context.Context) error {
	f.mu.Lock()
	f.asked++
	err, hangs, hold := f.err, f.hangs, f.hold
	f.mu.Unlock()
	if hold != nil {
		<-hold
	}
	if hangs {
		<-ctx.Done()
		return ctx.Err()
	}
	return err
}

// fail makes the store fail, or work again.
func (f *failing) fail(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.err, f.asked = err, 0
}

func (f *failing) questions() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.asked
}

// until waits for a condition.
func until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for began := time.Now(); !holds(); time.Sleep(time.Millisecond) {
		if time.Since(began) > time.Minute {
			t.Fatal("never: ", what)
		}
	}
}

func (f *failing) Article(ctx context.Context, id string) (store.Record, error) {
	if err := f.try(ctx); err != nil {
		return store.Record{}, err
	}
	return f.Store.Article(ctx, id)
}

func (f *failing) ByCode(ctx context.Context, code string) (store.Record, error) {
	if err := f.try(ctx); err != nil {
		return store.Record{}, err
	}
	return f.Store.ByCode(ctx, code)
}

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func record(id string) store.Record {
	a := article.Article{ID: id, URL: "https://news.example/" + id, Headline: "Storm"}
	return store.Record{Article: a, Version: a.Version(""), Code: "code-" + id, Created: noon, Updated: noon}
}

func TestStoreIsAway(t *testing.T) {
	below := &failing{Store: open(t, filepath.Join(t.TempDir(), "cards.db"), 0)}
	now := noon
	s := New(below, 1<<20)
	s.now = func() time.Time { return now }
	readers := s.Readers()
	for _, id := range []string{"read", "put", "gone"} {
		if _, _, err := below.PutArticle(t.Context(), record(id), store.Seen{}); err != nil {
			t.Fatal(err)
		}
	}
	for _, id := range []string{"read", "put", "gone"} {
		if _, err := readers.ByCode(t.Context(), "code-"+id); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := s.PutArticle(t.Context(), record("put"), store.Seen{}); err != nil {
		t.Fatal(err)
	}
	if _, err := readers.ByCode(t.Context(), "code-put"); err != nil {
		t.Fatal(err)
	}
	if _, err := readers.Article(t.Context(), "put"); err != nil {
		t.Fatal(err)
	}
	if err := s.DeleteArticle(t.Context(), "gone", noon, 0); err != nil {
		t.Fatal(err)
	}
	below.fail(store.ErrUnavailable)
	for range 3 {
		for _, code := range []string{"code-read", "code-put"} {
			if r, err := readers.ByCode(t.Context(), code); err != nil || r.Code != code {
				t.Errorf("%s: %v, %v", code, r.Code, err)
			}
		}
	}
	if n := below.questions(); n != 1 {
		t.Errorf("the store was asked %d times within a second of its failure", n)
	}
	for _, code := range []string{"code-gone", "code-none"} {
		if _, err := readers.ByCode(t.Context(), code); !errors.Is(err, store.ErrUnavailable) {
			t.Errorf("%s: %v", code, err)
		}
	}
	if _, err := readers.Article(t.Context(), "put"); err != nil {
		t.Error(err)
	}
	if _, err := s.Article(t.Context(), "put"); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("what decides about changes is answered from memory: %v", err)
	}
	below.fail(context.DeadlineExceeded) // of a statement, say
	s.away.Store(0)
	if r, err := readers.ByCode(t.Context(), "code-read"); err != nil || r.Code != "code-read" {
		t.Errorf("the store has given up: %v", err)
	}
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := readers.ByCode(canceled, "code-read"); !errors.Is(err, context.Canceled) {
		t.Errorf("a canceled call: %v", err)
	}
	below.fail(nil)
	now = now.Add(retryEvery)
	if err := below.DeleteArticle(t.Context(), "read", noon, 0); err != nil {
		t.Fatal(err)
	}
	if _, err := readers.ByCode(t.Context(), "code-put"); err != nil {
		t.Error(err)
	}
	until(t, "the store is asked in the background", func() bool { return s.away.Load() == 0 })
	if _, err := readers.ByCode(t.Context(), "code-read"); !errors.Is(err, store.ErrGone) {
		t.Errorf("withdrawn by another process: %v", err)
	}
	below.fail(store.ErrUnavailable)
	if _, err := readers.ByCode(t.Context(), "code-read"); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("known to be withdrawn: %v", err)
	}
}

// TestStoreHangs: a known record is answered in time, and once the store has failed, nobody waits for it.
func TestStoreHangs(t *testing.T) {
	below := &failing{Store: open(t, filepath.Join(t.TempDir(), "cards.db"), 0)}
	s := New(below, 1<<20)
	readers := s.Readers()
	if _, _, err := s.PutArticle(t.Context(), record("a"), store.Seen{}); err != nil {
		t.Fatal(err)
	}
	if _, err := readers.ByCode(t.Context(), "code-a"); err != nil {
		t.Fatal(err)
	}
	below.hangs = true
	if r, err := readers.ByCode(t.Context(), "code-a"); err != nil || r.Code != "code-a" {
		t.Errorf("%v, %v", r.Code, err)
	}
	below.hold = make(chan struct{})
	s.away.Store(1) // it is time to ask again
	before, answered := below.questions(), make(chan error, 1)
	go func() {
		_, err := readers.ByCode(t.Context(), "code-a")
		answered <- err
	}()
	select {
	case err := <-answered:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(time.Minute):
		t.Error("the reader waits for the store")
	}
	until(t, "the store is asked", func() bool { return below.questions() == before+1 })
	close(below.hold)
	short, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	s.away.Store(0)
	if _, err := readers.ByCode(short, "code-a"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the caller's own limit: %v", err)
	}
}

// TestWithdrawnPhotoIsForgotten: a version whose photo was withdrawn is not answered from memory.
func TestWithdrawnPhotoIsForgotten(t *testing.T) {
	below := &failing{Store: open(t, filepath.Join(t.TempDir(), "cards.db"), 0)}
	s := New(below, 1<<20)
	r := record("a")
	r.PhotoID = "upload:0123456789abcdef"
	if _, _, err := s.PutArticle(t.Context(), r, store.Seen{}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Readers().Article(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	changed, err := s.WithdrawPhoto(t.Context(), r.PhotoID, noon, func(r store.Record) store.Record {
		r.PhotoID, r.Version = store.NoPhoto, r.Version+"x"
		return r
	})
	if err != nil || len(changed) != 1 {
		t.Fatal(changed, err)
	}
	below.fail(store.ErrUnavailable)
	if _, err := s.Readers().Article(t.Context(), "a"); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("the version with the photo: %v", err)
	}
}

// TestOldRecordsAreNotAnswered: an article that nobody has read for ten minutes before the store failed may have been
// withdrawn by another process.
func TestOldRecordsAreNotAnswered(t *testing.T) {
	below := &failing{Store: open(t, filepath.Join(t.TempDir(), "cards.db"), 0)}
	now := noon
	s := New(below, 1<<20)
	s.now = func() time.Time { return now }
	for _, id := range []string{"old", "read"} {
		if _, _, err := s.PutArticle(t.Context(), record(id), store.Seen{}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Readers().ByCode(t.Context(), "code-"+id); err != nil {
			t.Fatal(err)
		}
	}
	now = now.Add(recent + time.Second)
	if _, err := s.Readers().ByCode(t.Context(), "code-read"); err != nil {
		t.Fatal(err)
	}
	below.fail(store.ErrUnavailable)
	now = now.Add(24 * time.Hour) // however long the store is away
	if _, err := s.Readers().ByCode(t.Context(), "code-read"); err != nil {
		t.Error(err)
	}
	if _, err := s.Readers().ByCode(t.Context(), "code-old"); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("an old record: %v", err)
	}
}

// TestMemoryIsBounded: however large articles are, and however many are read, what is remembered has its limit.
func TestMemoryIsBounded(t *testing.T) {
	const limit = 1 << 20
	s := New(open(t, filepath.Join(t.TempDir(), "cards.db"), 0), limit)
	for i := range 100 {
		r := record(fmt.Sprint("story-", i))
		for range 32 {
			r.Article.Authors = append(r.Article.Authors, article.Author{Name: "Jo", URL: "https://news.example/" + strings.Repeat("a", 2000)})
		}
		if _, _, err := s.PutArticle(t.Context(), r, store.Seen{}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Readers().ByCode(t.Context(), r.Code); err != nil {
			t.Fatal(err)
		}
	}
	s.known.CleanUp()
	all, count := 0, 0
	for key, k := range s.known.All() {
		all += int(size(key, k))
		count++
	}
	if all > limit || count == 0 || count == 100 {
		t.Errorf("%d articles of %d bytes", count, all)
	}
}
