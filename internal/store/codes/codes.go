// Package codes leads readers of short links to their stories from memory, so that a story that is read by many is not
// looked up for each of them.
package codes

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/maypok86/otter/v2"

	"newsroom.example/cards/internal/store"
)

// How old an answer from memory may be: what other processes change is seen by then.
const (
	freshFor = 500 * time.Millisecond // from then on one reader asks the store
	staleFor = time.Second            // meanwhile the others get the older answer, up to this age
)

// Reader reads articles for readers of the news.
type Reader interface {
	Article(ctx context.Context, id string) (store.Record, error)
	Version(ctx context.Context, id, version string) (store.Record, error)
	ByCode(ctx context.Context, code string) (store.Record, error)
	ByURL(ctx context.Context, urls ...string) (store.Record, error)
}

// Store is a store.Store whose Readers remember the articles of short codes. What it changes itself is seen by the next
// reader. Its own methods are those of the store below. It is safe for concurrent use.
type Store struct {
	store.Store

	below Reader
	known *otter.Cache[string, *known]
	// mu makes remembering an answer, and forgetting it for a change, one step each: no answer from before a change is
	// remembered after it.
	mu      sync.Mutex
	changes atomic.Uint64 // of articles, by this process
	epoch   atomic.Uint64 // changes of articles whose codes are not at hand; what is known from before is not used
	now     func() time.Time
}

// known is a record, as the store said at a time.
type known struct {
	store.Record

	epoch     uint64
	confirmed atomic.Int64 // in Unix nanoseconds; the start of the question
	renewing  atomic.Bool  // a reader asks the store
}

// New returns a Store in front of s, whose Readers ask below and use at most about the given number of bytes of memory.
func New(s store.Store, below Reader, bytes int64) *Store {
	return &Store{Store: s, below: below, now: time.Now, known: otter.Must(&otter.Options[string, *known]{
		MaximumWeight: uint64(bytes),
		Weigher:       func(code string, k *known) uint32 { return uint32(len(code) + k.Weight()) },
	})}
}

// Readers read articles for readers of the news. They are safe for concurrent use.
type Readers struct {
	Reader

	of *Store
}

// Readers returns the readers of the store.
func (s *Store) Readers() Readers { return Readers{s.below, s} }

// ByCode is like that of store.Store. What another process has changed less than a second ago may be missing.
func (r Readers) ByCode(ctx context.Context, code string) (store.Record, error) {
	return r.of.byCode(ctx, code)
}

func (s *Store) byCode(ctx context.Context, code string) (store.Record, error) {
	k, ok := s.known.GetIfPresent(code)
	if !ok || k.epoch != s.epoch.Load() {
		return s.ask(ctx, code)
	}
	age := time.Duration(s.now().UnixNano() - k.confirmed.Load())
	if age < 0 || age >= staleFor { // the clock may have been set back
		return s.ask(ctx, code)
	}
	if age >= freshFor && k.renewing.CompareAndSwap(false, true) {
		defer k.renewing.Store(false)
		return s.ask(ctx, code)
	}
	return k.Record, nil
}

// ask asks the store below, and remembers what it says. If this process has changed an article meanwhile, that may be
// out of date, and is not kept.
func (s *Store) ask(ctx context.Context, code string) (store.Record, error) {
	changes, epoch, began := s.changes.Load(), s.epoch.Load(), s.now().UnixNano()
	r, err := s.below.ByCode(ctx, code)
	if err != nil {
		s.known.Invalidate(code)
		return r, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.changes.Load() != changes {
		return r, nil
	}
	old, ok := s.known.GetIfPresent(code)
	if ok && old.epoch == epoch && old.Revision == r.Revision && old.Record.Version == r.Version {
		old.confirmed.Store(began)
		return r, nil
	}
	k := &known{Record: r, epoch: epoch}
	k.confirmed.Store(began)
	s.known.Set(code, k)
	return r, nil
}

// PutArticle implements store.Store.
func (s *Store) PutArticle(ctx context.Context, r store.Record, seen store.Seen) (store.Record, bool, error) {
	stored, created, err := s.Store.PutArticle(ctx, r, seen)
	if err != nil {
		s.forgetAll() // its outcome may be unknown
		return stored, created, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.changes.Add(1)
	s.known.Invalidate(stored.Code)
	return stored, created, nil
}

// DeleteArticle implements store.Store.
func (s *Store) DeleteArticle(ctx context.Context, id string, at time.Time, revision int64) error {
	defer s.forgetAll()
	return s.Store.DeleteArticle(ctx, id, at, revision)
}

// WithdrawPhoto implements store.Store.
func (s *Store) WithdrawPhoto(
	ctx context.Context, id string, at time.Time, without func(store.Record) store.Record,
) (changed []string, err error) {
	defer s.forgetAll()
	return s.Store.WithdrawPhoto(ctx, id, at, without)
}

// forgetAll has each code looked up again.
func (s *Store) forgetAll() {
	s.epoch.Add(1)
	s.changes.Add(1)
}
