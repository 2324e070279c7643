// Package recall lets readers go on while a database that other machines share is away: what was read from it before is
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

// Store is a store.Store that remembers the articles that were read last, by ID, version and short code. It uses them
// only if the store below is unavailable or does not answer in time, and is otherwise that store. It is safe for
// concurrent use.
//
// What another process changes in the moment before the store fails is not seen until it is back.
type Store struct {
	store.Store

	known *otter.Cache[string, store.Record]
	away  atomic.Int64 // Unix nanoseconds until which the store is not asked for what is known
	now   func() time.Time
}

// Times of a store that fails.
const (
	patience   = time.Second // for the answer of the store, if the record is known
	retryEvery = time.Second // how long the store is not asked for known records after it has failed
)

// New returns a Store in front of s that uses at most about the given number of bytes of memory.
func New(s store.Store, bytes int64) *Store {
	return &Store{Store: s, now: time.Now, known: otter.Must(&otter.Options[string, store.Record]{
		MaximumWeight: uint64(bytes), Weigher: size,
	})}
}

// recordBytes is the approximate memory of a record, without its texts.
const recordBytes = 1024

func size(key string, r store.Record) uint32 {
	a := r.Article
	n := recordBytes + len(key)
	for _, text := range []string{a.URL, a.Shared, a.Headline, a.Caption, a.Description, a.Byline} {
		n += len(text)
	}
	for _, tag := range a.Tags {
		n += len(tag)
	}
	for _, w := range r.Warnings {
		n += len(w.Message)
	}
	return uint32(n)
}

func ofCode(code string) string { return "code " + code }

func ofVersion(id, version string) string { return "version " + id + " " + version } // an ID has no spaces

// Article implements store.Store.
func (s *Store) Article(ctx context.Context, id string) (store.Record, error) {
	return s.read(ctx, ofVersion(id, ""), func(ctx context.Context) (store.Record, error) {
		return s.Store.Article(ctx, id)
	})
}

// Version implements store.Store.
func (s *Store) Version(ctx context.Context, id, version string) (store.Record, error) {
	return s.read(ctx, ofVersion(id, version), func(ctx context.Context) (store.Record, error) {
		return s.Store.Version(ctx, id, version)
	})
}

// ByCode implements store.Store.
func (s *Store) ByCode(ctx context.Context, code string) (store.Record, error) {
	return s.read(ctx, ofCode(code), func(ctx context.Context) (store.Record, error) {
		return s.Store.ByCode(ctx, code)
	})
}

// read asks the store for a record, and answers with the one that is known under the key if the store is away.
func (s *Store) read(
	ctx context.Context, key string, ask func(context.Context) (store.Record, error),
) (store.Record, error) {
	known, ok := s.known.GetIfPresent(key)
	if !ok {
		return s.learn(ctx, key, ask)
	}
	if err := ctx.Err(); err != nil {
		return store.Record{}, err
	}
	if s.now().UnixNano() < s.away.Load() {
		return known, nil
	}
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	r, err := s.learn(limited, key, ask)
	if errors.Is(err, store.ErrUnavailable) || err != nil && limited.Err() != nil && ctx.Err() == nil {
		s.away.Store(s.now().Add(retryEvery).UnixNano())
		return known, nil
	}
	return r, err
}

// learn asks the store, and remembers what it says.
func (s *Store) learn(
	ctx context.Context, key string, ask func(context.Context) (store.Record, error),
) (store.Record, error) {
	r, err := ask(ctx)
	switch {
	case err == nil:
		s.known.Set(key, r)
	case errors.Is(err, store.ErrNotFound), errors.Is(err, store.ErrGone):
		s.known.Invalidate(key)
	}
	return r, err
}

// PutArticle implements store.Store.
func (s *Store) PutArticle(ctx context.Context, r store.Record, seen store.Seen) (store.Record, bool, error) {
	stored, created, err := s.Store.PutArticle(ctx, r, seen)
	if err == nil {
		s.known.Set(ofVersion(stored.Article.ID, ""), stored)
		s.known.Set(ofCode(stored.Code), stored)
	}
	return stored, created, err
}

// DeleteArticle implements store.Store.
func (s *Store) DeleteArticle(ctx context.Context, id string, at time.Time, revision int64) error {
	err := s.Store.DeleteArticle(ctx, id, at, revision)
	if err == nil || errors.Is(err, store.ErrGone) {
		s.forget(func(r store.Record) bool { return r.Article.ID == id })
	}
	return err
}

// WithdrawPhoto implements store.Store.
func (s *Store) WithdrawPhoto(
	ctx context.Context, id string, at time.Time, without func(store.Record) store.Record,
) (changed []string, err error) {
	changed, err = s.Store.WithdrawPhoto(ctx, id, at, without)
	if err == nil {
		s.forget(func(r store.Record) bool { return r.PhotoID == id || r.Article.Photo.URL == id })
	}
	return changed, err
}

// forget removes the records for which match returns true.
func (s *Store) forget(match func(store.Record) bool) {
	for key, r := range s.known.All() {
		if match(r) {
			s.known.Invalidate(key)
		}
	}
}
