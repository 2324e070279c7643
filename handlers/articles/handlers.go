// Package articles has the handlers for the newsroom's own programs: they register, list and withdraw articles, upload
// and withdraw photos, and read stories from their own pages.
package articles

import (
	"context"
	"time"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/lookup"
	"newsroom.example/cards/handlers/present"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/journal"
	"newsroom.example/cards/internal/page"
	"newsroom.example/cards/internal/photos"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/stories"
)

// Articles registers articles and withdraws photos; package stories.
type Articles interface {
	Put(ctx context.Context, a article.Article, o stories.PutOptions) (stories.Result, error)
	Update(ctx context.Context, id string, change func(article.Article) (article.Article, error), o stories.PutOptions) (
		stories.Result, error)
	Articles(ctx context.Context, q store.ArticleQuery) ([]store.Record, store.Cursor, error)
	History(ctx context.Context, id string, before int64, limit int) ([]store.Period, error)
	DeleteIf(ctx context.Context, id string, condition stories.Condition) error
	Refresh(ctx context.Context, id string, o stories.PutOptions) (stories.Result, error)
	Retract(ctx context.Context, id string, condition stories.Condition) (stories.Result, error)
	Audit(ctx context.Context, id string) (stories.Result, error)
	Photo(ctx context.Context, id string) (stories.StoredPhoto, error)
	WithdrawPhoto(ctx context.Context, id string) (stories.Withdrawal, error)
}

// Clicks returns totals of clicks; package store.
type Clicks interface {
	Stats(ctx context.Context, id string, since time.Time) (store.Stats, error)
	Series(ctx context.Context, id string, since time.Time, step time.Duration) ([]store.Point, error)
}

// Photos stores uploads; package photos.
type Photos interface {
	Upload(ctx context.Context, data []byte) (photos.Photo, error)
}

// PageReader reads stories from their own pages; package page.
type PageReader interface {
	Story(ctx context.Context, rawURL string) (page.Story, error)
}

// Config holds what the handlers depend on.
type Config struct {
	Articles Articles
	Clicks   Clicks
	Photos   Photos
	Reader   PageReader
	Find     lookup.Finder
	Present  present.Presenter
	Journal  journal.Store
	Changed  func(id string) // called after an article may have changed
	Now      func() time.Time
	Refused  func(c echo.Context, err error) // logs why a photo could not be used
	Failed   func(c echo.Context, err error) // logs why a part of a request failed
}

// Handlers answer requests. They are safe for concurrent use.
type Handlers struct {
	Config
	uploads *room
	batches chan struct{} // holds one element for each batch that is decoded, stored or answered
	working chan struct{} // holds one element for each article of a batch that is being put
}

// New makes the handlers.
func New(c Config) *Handlers {
	return &Handlers{Config: c, uploads: newRoom(maxUploads, maxClient, maxPhoto+1),
		batches: make(chan struct{}, maxBatches), working: make(chan struct{}, maxWorking)}
}
