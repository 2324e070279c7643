package codes

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
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

// remembering is a Store whose own methods read from memory where its readers do.
type remembering struct{ *Store }

func (r remembering) ByCode(ctx context.Context, code string) (store.Record, error) {
	return r.Readers().ByCode(ctx, code)
}

// TestConformance: in one process nobody notices that codes are remembered.
func TestConformance(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the whole suite of stores, on SQLite once more")
	}
	storetest.Run(t, func(t *testing.T, window time.Duration) func() store.Store {
		path := filepath.Join(t.TempDir(), "cards.db")
		return func() store.Store {
			db := open(t, path, window)
			s := New(db, db, 1<<20)
			s.now = func() time.Time { return noon } // all of it within a moment
			return remembering{s}
		}
	})
}

// slow is a store that counts questions, and can hold answers back.
type slow struct {
	store.Store

	asked atomic.Int64
	hold  func() // is called between the reading of an answer and its return
	err   error
}

func (s *slow) ByCode(ctx context.Context, code string) (store.Record, error) {
	s.asked.Add(1)
	if s.err != nil {
		return store.Record{}, s.err
	}
	r, err := s.Store.ByCode(ctx, code)
	if s.hold != nil {
		s.hold()
	}
	return r, err
}

func (s *slow) PutArticle(ctx context.Context, r store.Record, seen store.Seen) (store.Record, bool, error) {
	if r.Article.Headline == "lost" { // the connection broke before the answer came
		r, created, _ := s.Store.PutArticle(ctx, r, seen)
		return r, created, store.ErrUnavailable
	}
	return s.Store.PutArticle(ctx, r, seen)
}

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func record(id, headline string) store.Record {
	a := article.Article{ID: id, URL: "https://news.example/" + id, Headline: headline}
	return store.Record{Article: a, Version: a.Version(""), Code: "code-" + id, Created: noon, Updated: noon}
}

// fixture is a Store with one article, whose clock the test sets.
type fixture struct {
	*Store

	below *slow
	clock time.Time
}

func newFixture(t *testing.T) *fixture {
	t.Helper()
	below := &slow{Store: open(t, filepath.Join(t.TempDir(), "cards.db"), 0)}
	f := &fixture{New(below, below, 1<<20), below, noon}
	f.now = func() time.Time { return f.clock }
	f.put(t, f.Store, record("a", "Storm"))
	return f
}

func (*fixture) put(t *testing.T, to store.Store, r store.Record) {
	t.Helper()
	if _, _, err := to.PutArticle(t.Context(), r, store.Seen{}); err != nil {
		t.Fatal(err)
	}
}

// leads checks which version a reader gets, an empty one if the article was withdrawn.
func (f *fixture) leads(t *testing.T, when, headline string) {
	t.Helper()
	r, err := f.Readers().ByCode(t.Context(), "code-a")
	if r.Article.Headline != headline || (headline == "") != errors.Is(err, store.ErrGone) {
		t.Errorf("%s: %q, %v; want %q", when, r.Article.Headline, err, headline)
	}
}

// TestOwnChangesAreSeenAtOnce, also those whose outcome this process was not told.
func TestOwnChangesAreSeenAtOnce(t *testing.T) {
	f := newFixture(t)
	for range 100 {
		f.leads(t, "at first", "Storm")
	}
	if n := f.below.asked.Load(); n != 1 {
		t.Errorf("the store was asked %d times", n)
	}
	f.put(t, f.Store, record("a", "Flood"))
	f.leads(t, "a new version", "Flood")
	if _, _, err := f.PutArticle(t.Context(), record("a", "lost"), store.Seen{}); err == nil {
		t.Error("the answer was not lost")
	}
	f.leads(t, "a version whose answer was lost", "lost")
	if err := f.DeleteArticle(t.Context(), "a", noon, 0); err != nil {
		t.Error(err)
	}
	f.leads(t, "withdrawn", "")
	if _, _, err := f.PutArticle(t.Context(), record("a", "Again"), store.Seen{Withdrawals: 1}); err != nil {
		t.Error(err)
	}
	f.leads(t, "returned", "Again")
}

// TestAWithdrawnPhotoIsSeenAtOnce: crawlers get another picture.
func TestAWithdrawnPhotoIsSeenAtOnce(t *testing.T) {
	f := newFixture(t)
	r := record("a", "With a photo")
	r.PhotoID = "upload:0123456789abcdef"
	f.put(t, f.Store, r)
	f.leads(t, "with the photo", "With a photo")
	_, err := f.WithdrawPhoto(t.Context(), r.PhotoID, noon, func(r store.Record) store.Record {
		r.PhotoID, r.Version, r.Article.Headline = store.NoPhoto, r.Version+"x", "Without"
		return r
	})
	if err != nil {
		t.Error(err)
	}
	f.leads(t, "without it", "Without")
}

// TestOthersChangesAreSeenWithinASecond: half a second later one reader asks, and the others wait neither for the store
// nor longer than a second for what it says.
func TestOthersChangesAreSeenWithinASecond(t *testing.T) {
	f := newFixture(t)
	f.leads(t, "at first", "Storm")
	f.put(t, f.below, record("a", "Flood"))
	f.leads(t, "another process has put a version", "Storm")
	f.clock = noon.Add(freshFor)
	f.below.hold = func() {
		f.below.hold = nil
		f.leads(t, "while another reader asks", "Storm")
		f.clock = noon.Add(staleFor)
		f.leads(t, "while the store hangs", "Flood")
	}
	f.leads(t, "half a second later", "Flood")
	f.clock = f.clock.Add(freshFor)
	asked := f.below.asked.Load()
	for range 10 {
		f.leads(t, "what is the same is confirmed", "Flood")
	}
	if n := f.below.asked.Load() - asked; n != 1 {
		t.Errorf("the store was asked %d times", n)
	}
	if err := f.below.DeleteArticle(t.Context(), "a", noon, 0); err != nil {
		t.Error(err)
	}
	f.clock = f.clock.Add(staleFor)
	f.leads(t, "another process has withdrawn it", "")
	f.clock = f.clock.Add(-time.Hour)
	f.leads(t, "the clock was set back", "")
}

// TestTheClockIsSetBack: an answer does not stay fresh for the time by which it was.
func TestTheClockIsSetBack(t *testing.T) {
	f := newFixture(t)
	f.leads(t, "at first", "Storm")
	f.put(t, f.below, record("a", "Flood"))
	f.clock = noon.Add(-time.Hour)
	f.leads(t, "an hour before", "Flood")
}

// TestAnAnswerFromBeforeAChangeIsNotKept, however late it comes.
func TestAnAnswerFromBeforeAChangeIsNotKept(t *testing.T) {
	for name, change := range map[string]func(*testing.T, *fixture){
		"Flood": func(t *testing.T, f *fixture) { f.put(t, f.Store, record("a", "Flood")) },
		"": func(t *testing.T, f *fixture) {
			if err := f.DeleteArticle(t.Context(), "a", noon, 0); err != nil {
				t.Error(err)
			}
		},
	} {
		f := newFixture(t)
		f.below.hold = func() {
			f.below.hold = nil
			change(t, f)
		}
		f.leads(t, "who asked before", "Storm")
		f.leads(t, "who asks afterwards", name)
	}
}

// TestErrorsAreNotRemembered: what is unknown or withdrawn is asked for each time, and a store that fails says so.
func TestErrorsAreNotRemembered(t *testing.T) {
	f := newFixture(t)
	for i := range 3 {
		if _, err := f.Readers().ByCode(t.Context(), "code-none"); !errors.Is(err, store.ErrNotFound) || f.below.asked.Load() != int64(i+1) {
			t.Errorf("%v, asked %d times", err, f.below.asked.Load())
		}
	}
	f.leads(t, "at first", "Storm")
	f.below.err = store.ErrUnavailable
	f.leads(t, "the store is away, for a moment", "Storm")
	f.clock = noon.Add(staleFor)
	if _, err := f.Readers().ByCode(t.Context(), "code-a"); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("the store is away: %v", err)
	}
}

// TestReadersAndWriters: each reader sees at least the version that was acknowledged before the reader came.
func TestReadersAndWriters(t *testing.T) {
	f := newFixture(t)
	f.now = time.Now
	var acknowledged atomic.Int64
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				least, n := acknowledged.Load(), int64(0)
				r, err := f.Readers().ByCode(t.Context(), "code-a")
				if _, scanErr := fmt.Sscanf(r.Article.Headline, "Storm %d", &n); err != nil || least > 0 && (scanErr != nil || n < least) {
					t.Errorf("%q, %v after version %d", r.Article.Headline, err, least)
				}
			}
		})
	}
	for n := int64(1); n <= 200; n++ {
		f.put(t, f.Store, record("a", fmt.Sprint("Storm ", n)))
		acknowledged.Store(n)
	}
	close(done)
	readers.Wait()
}

// TestCodesInMemoryAreBounded: however large articles are, and however many are read, what is remembered has its limit.
func TestCodesInMemoryAreBounded(t *testing.T) {
	const limit = 1 << 20
	below := &slow{Store: open(t, filepath.Join(t.TempDir(), "cards.db"), 0)}
	s := New(below, below, limit)
	for i := range 60 {
		id := fmt.Sprint("story-", i)
		r := record(id, "Storm")
		r.Article.Description = strings.Repeat("x", 64<<10)
		if _, _, err := s.PutArticle(t.Context(), r, store.Seen{}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Readers().ByCode(t.Context(), "code-"+id); err != nil {
			t.Fatal(err)
		}
	}
	s.known.CleanUp()
	if w := s.known.WeightedSize(); w > limit || w < limit/2 {
		t.Errorf("%d bytes", w)
	}
}
