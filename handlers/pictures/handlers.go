// Package pictures has the handlers for pictures of cards: those of articles and of signed URLs.
package pictures

import (
	"context"
	"time"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/card"
	"newsroom.example/cards/handlers/access"
	"newsroom.example/cards/handlers/present"
	draw "newsroom.example/cards/internal/pictures"
	"newsroom.example/cards/internal/respcache"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/stories"
)

// Articles finds the cards of articles; package stories. Current does not find articles under embargo, and Card only if
// the request says so.
type Articles interface {
	Article(ctx context.Context, id string) (store.Record, error)
	Current(ctx context.Context, id string) (store.Record, error)
	Card(ctx context.Context, q stories.PictureRequest) (stories.Picture, error)
}

// Pictures renders cards; package pictures.
type Pictures interface {
	Preview(ctx context.Context, c card.Card, format string, o draw.Options) (draw.Image, error)
	Key(c card.Card, format string) card.Key
	Cached(ctx context.Context, key card.Key, format string, byURL bool) (draw.Image, bool)
	Permanent(c card.Card) bool
	Withdrawn(photo string) bool
}

// Config holds what the handlers depend on.
type Config struct {
	Articles Articles
	Pictures Pictures
	Guard    *access.Guard
	Present  present.Presenter
	Now      func() time.Time
	Refused  func(c echo.Context, err error) // logs why a photo could not be used
}

// Handlers answer requests. They are safe for concurrent use.
type Handlers struct {
	Config
	answers *respcache.Cache
	sending sending
}

// New makes the handlers.
func New(c Config) *Handlers { return &Handlers{Config: c, answers: respcache.New(maxAnswers)} }

// Remembered returns the number of requests for pictures whose answer was remembered, and that of those for which it
// had to be looked up.
func (h *Handlers) Remembered() (hits, misses uint64) { return h.answers.Counts() }

// Changed drops the cached responses of an article's pictures.
func (h *Handlers) Changed(article string) { h.answers.Invalidate(article) }
