// Package recall lets readers go on while a database that other machines share is away: what was read from it lately is
// answered from memory.
package recall

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/maypok86/otter/v2"

	"newsroom.example/cards/internal/store"
)

// Store is a store.Store whose Readers remember articles. Its own methods are those of the store below, so that what
// changes an article is never decided by what is remembered. It is safe for concurrent use.
type Store struct {
	store.Store

	known   *otter.Cache[string, *known]
	changes atomic.Uint64 // of articles, by this process
	heard   atomic.Int64  // when the store last answered a reader, in Unix nanoseconds
	away    atomic.Int64  // Unix nanoseconds until which the store is not asked for what is known; 0: it answers
	now     func() time.Time
}

// known is a record, and when the store said last that it is current, in Unix nanoseconds.
type known struct {
	store.Record

	confirmed atomic.Int64
}

// Times of a store that fails.
const (
	patience   = time.Second      // for the answer of the store, if the record is known
	retryEvery = time.Second      // how long the store is not asked for known records after it has failed
	recent     = 10 * time.Minute // how long before the last answer of the store a record must have been confirmed
)

// New returns a Store in front of s that uses at most about the given number of bytes of memory.
func New(s store.Store, bytes int64) *Store {
	return &Store{Store: s, now: time.Now, known: otter.Must(&otter.Options[string, *known]{
		MaximumWeight: uint64(bytes), Weigher: size,
	})}
}

func size(key string, k *known) uint32 { return uint32(len(key) + k.Weight()) }

// Readers read articles for readers of the news. If the store is unavailable or does not answer in time, they get what
// it said in the ten minutes before: the articles that are read now. Once it has failed, nobody waits for it: it is
// asked in the background, one reader's question a second. What another process has changed since then is not seen
// until the store has answered one. Readers are safe for concurrent use.
type Readers struct{ *Store }

// Readers returns the readers of the store.
func (s *Store) Readers() Readers { return Readers{s} }

func ofCode(code string) string { return "code " + code }

func ofVersion(id, version string) string { return "version " + id + " " + version } // an ID has no spaces

// Article is like that of store.Store.
func (r Readers) Article(ctx context.Context, id string) (store.Record, error) {
	return r.read(ctx, ofVersion(id, ""), func(ctx context.Context) (store.Record, error) {
		return r.Store.Article(ctx, id)
	})
}

// Version is like that of store.Store.
func (r Readers) Version(ctx context.Context, id, version string) (store.Record, error) {
	return r.read(ctx, ofVersion(id, version), func(ctx context.Context) (store.Record, error) {
		return r.Store.Version(ctx, id, version)
	})
}

// ByCode is like that of store.Store.
func (r Readers) ByCode(ctx context.Context, code string) (store.Record, error) {
	return r.read(ctx, ofCode(code), func(ctx context.Context) (store.Record, error) {
		return r.Store.ByCode(ctx, code)
	})
}

// read asks the store for a record, and answers with the one that is known under the key if the store is away.
func (s *Store) read(
	ctx context.Context, key string, ask func(context.Context) (store.Record, error),
) (store.Record, error) {
	k, ok := s.known.GetIfPresent(key)
	if !ok || k.confirmed.Load() < s.heard.Load()-int64(recent) {
		return s.learn(ctx, key, ask)
	}
	if err := ctx.Err(); err != nil {
		return store.Record{}, err
	}
	if until := s.away.Load(); until != 0 {
		if now := s.now(); until <= now.UnixNano() && s.away.CompareAndSwap(until, now.Add(patience).UnixNano()) {
			go func() { _, _, _ = s.ask(context.WithoutCancel(ctx), key, ask) }() // nobody waits for a store that hangs
		}
		return k.Record, nil
	}
	r, answered, err := s.ask(ctx, key, ask)
	if !answered {
		return k.Record, nil
	}
	return r, err
}

// ask asks the store for a record that is known. If the store does not answer, it is not asked for known records for a
// moment.
func (s *Store) ask(
	ctx context.Context, key string, ask func(context.Context) (store.Record, error),
) (r store.Record, answered bool, err error) {
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	r, err = s.learn(limited, key, ask)
	late := limited.Err() != nil || errors.Is(err, context.DeadlineExceeded) // by its own limit
	if errors.Is(err, store.ErrUnavailable) || err != nil && late && ctx.Err() == nil {
		s.away.Store(s.now().Add(retryEvery).UnixNano())
		return store.Record{}, false, err
	}
	return r, true, err
}

// learn asks the store, and remembers what it says.
func (s *Store) learn(
	ctx context.Context, key string, ask func(context.Context) (store.Record, error),
) (store.Record, error) {
	asOf, began := s.changes.Load(), s.now().UnixNano()
	r, err := ask(ctx)
	switch {
	case err == nil:
		s.answered()
		s.keep(key, r, began, asOf)
	case errors.Is(err, store.ErrNotFound), errors.Is(err, store.ErrGone):
		s.answered()
		s.known.Invalidate(key)
	}
	return r, err
}

func (s *Store) answered() {
	s.heard.Store(s.now().UnixNano())
	s.away.Store(0)
}

// keep remembers a record that the store has returned to a caller who began to ask at a time. If this process has
// changed an article since asOf, the record may be out of date, and is not kept.
func (s *Store) keep(key string, r store.Record, began int64, asOf uint64) {
	if old, ok := s.known.GetIfPresent(key); ok && old.Revision == r.Revision && old.Record.Version == r.Version {
		old.confirmed.Store(began)
		return
	}
	k := &known{Record: r}
	k.confirmed.Store(began)
	if s.changes.Load() != asOf {
		return
	}
	s.known.Set(key, k)
	if s.changes.Load() != asOf {
		s.known.Invalidate(key)
	}
}

// PutArticle implements store.Store.
func (s *Store) PutArticle(ctx context.Context, r store.Record, seen store.Seen) (store.Record, bool, error) {
	began := s.now().UnixNano()
	stored, created, err := s.Store.PutArticle(ctx, r, seen)
	s.forget(func(k store.Record) bool { return k.Article.ID == r.Article.ID })
	if err == nil { // its first reader may come while the store is away
		asOf := s.changes.Load()
		s.answered()
		s.keep(ofVersion(stored.Article.ID, ""), stored, began, asOf)
		s.keep(ofCode(stored.Code), stored, began, asOf)
	}
	return stored, created, err
}

// DeleteArticle implements store.Store.
func (s *Store) DeleteArticle(ctx context.Context, id string, at time.Time, revision int64) error {
	defer s.forget(func(k store.Record) bool { return k.Article.ID == id })
	return s.Store.DeleteArticle(ctx, id, at, revision)
}

// WithdrawPhoto implements store.Store.
func (s *Store) WithdrawPhoto(
	ctx context.Context, id string, at time.Time, without func(store.Record) store.Record,
) (changed []string, err error) {
	defer s.forget(func(k store.Record) bool {
		photo, portrait := k.Shows(id)
		return photo || portrait
	})
	return s.Store.WithdrawPhoto(ctx, id, at, without)
}

// forget removes the records for which match returns true, also after a change that may have failed: its outcome is not
// known if the connection broke.
func (s *Store) forget(match func(store.Record) bool) {
	s.changes.Add(1)
	for key, k := range s.known.All() {
		if match(k.Record) {
			s.known.Invalidate(key)
		}
	}
}
