// Package timed measures how long the calls of a store take, for the metrics of the service.
package timed

import (
	"context"
	"errors"
	"time"

	"newsroom.example/cards/internal/editors"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/store"
)

// Watch is told of each call: one of Operations, how long it took, and whether the store failed. An answer such as "not
// found" is no failure, and neither is the end of the caller's patience by cancellation. It must be safe for concurrent
// use, and fast.
type Watch func(operation string, took time.Duration, failed bool)

// Operations are the calls that are measured. The others are rare.
var Operations = []string{
	"article", "version", "by_code", "by_url", "other_with_url", "articles", "history", "put_article", "delete_article",
	"count", "stats", "series", "top", "session", "daily_key", "withdraw_photo", "ping",
}

// Store is a store whose calls are measured. It is safe for concurrent use.
type Store struct {
	store.Store

	watch Watch
}

// New returns s with its calls measured.
func New(s store.Store, watch Watch) *Store { return &Store{s, watch} }

// began is when a call has begun.
type began struct {
	*Store

	at time.Time
}

func (s *Store) begin() began { return began{s, time.Now()} }

// end tells Watch of a call that has ended with err.
func (b began) end(operation string, err *error) {
	b.watch(operation, time.Since(b.at), hasFailed(*err))
}

// hasFailed reports whether err is a fault of the store.
func hasFailed(err error) bool {
	if err == nil || errors.Is(err, store.ErrCodeTaken) {
		return false
	}
	switch fault.KindOf(err) {
	case fault.Internal, fault.Unavailable, fault.Overloaded:
		return true
	}
	return false
}

// Article implements store.Store.
func (s *Store) Article(ctx context.Context, id string) (r store.Record, err error) {
	defer s.begin().end("article", &err)
	return s.Store.Article(ctx, id)
}

// Version implements store.Store.
func (s *Store) Version(ctx context.Context, id, version string) (r store.Record, err error) {
	defer s.begin().end("version", &err)
	return s.Store.Version(ctx, id, version)
}

// ByCode implements store.Store.
func (s *Store) ByCode(ctx context.Context, code string) (r store.Record, err error) {
	defer s.begin().end("by_code", &err)
	return s.Store.ByCode(ctx, code)
}

// ByURL implements store.Store.
func (s *Store) ByURL(ctx context.Context, urls ...string) (r store.Record, err error) {
	defer s.begin().end("by_url", &err)
	return s.Store.ByURL(ctx, urls...)
}

// OtherWithURL implements store.Store.
func (s *Store) OtherWithURL(ctx context.Context, url, except string) (id string, err error) {
	defer s.begin().end("other_with_url", &err)
	return s.Store.OtherWithURL(ctx, url, except)
}

// Articles implements store.Store.
func (s *Store) Articles(
	ctx context.Context, q store.ArticleQuery,
) (page []store.Record, next store.Cursor, err error) {
	defer s.begin().end("articles", &err)
	return s.Store.Articles(ctx, q)
}

// History implements store.Store.
func (s *Store) History(ctx context.Context, id string, before int64, limit int) (all []store.Period, err error) {
	defer s.begin().end("history", &err)
	return s.Store.History(ctx, id, before, limit)
}

// PutArticle implements store.Store.
func (s *Store) PutArticle(
	ctx context.Context, r store.Record, seen store.Seen,
) (stored store.Record, created bool, err error) {
	defer s.begin().end("put_article", &err)
	return s.Store.PutArticle(ctx, r, seen)
}

// DeleteArticle implements store.Store.
func (s *Store) DeleteArticle(ctx context.Context, id string, at time.Time, revision int64) (err error) {
	defer s.begin().end("delete_article", &err)
	return s.Store.DeleteArticle(ctx, id, at, revision)
}

// WithdrawPhoto implements store.Store.
func (s *Store) WithdrawPhoto(
	ctx context.Context, id string, at time.Time, without func(store.Record) store.Record,
) (changed []string, err error) {
	defer s.begin().end("withdraw_photo", &err)
	return s.Store.WithdrawPhoto(ctx, id, at, without)
}

// Count implements store.Store.
func (s *Store) Count(ctx context.Context, b store.Batch) (done store.Counted, err error) {
	defer s.begin().end("count", &err)
	return s.Store.Count(ctx, b)
}

// Stats implements store.Store.
func (s *Store) Stats(ctx context.Context, id string, since time.Time) (sums store.Stats, err error) {
	defer s.begin().end("stats", &err)
	return s.Store.Stats(ctx, id, since)
}

// Series implements store.Store.
func (s *Store) Series(
	ctx context.Context, id string, since time.Time, step time.Duration,
) (points []store.Point, err error) {
	defer s.begin().end("series", &err)
	return s.Store.Series(ctx, id, since, step)
}

// Top implements store.Store.
func (s *Store) Top(ctx context.Context, q store.TopQuery) (stories []store.TopStory, err error) {
	defer s.begin().end("top", &err)
	return s.Store.Top(ctx, q)
}

// Session implements store.Store.
func (s *Store) Session(ctx context.Context, session editors.Hash, now time.Time) (found editors.Session, err error) {
	defer s.begin().end("session", &err)
	return s.Store.Session(ctx, session, now)
}

// DailyKey implements store.Store.
func (s *Store) DailyKey(ctx context.Context, now time.Time) (key [32]byte, err error) {
	defer s.begin().end("daily_key", &err)
	return s.Store.DailyKey(ctx, now)
}

// Ping implements store.Store.
func (s *Store) Ping(ctx context.Context) (err error) {
	defer s.begin().end("ping", &err)
	return s.Store.Ping(ctx)
}
