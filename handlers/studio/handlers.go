// Package studio has the handlers for editors: the page for trying a card, its measurements, and the sign-in.
package studio

import (
	"context"
	"log/slog"
	"time"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/card"
	"newsroom.example/cards/handlers/access"
	"newsroom.example/cards/handlers/present"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/journal"
	"newsroom.example/cards/internal/pictures"
	"newsroom.example/cards/internal/sampled"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/stories"
	"newsroom.example/cards/internal/web"
)

// Pictures draws and measures cards; package pictures.
type Pictures interface {
	Preview(ctx context.Context, c card.Card, format string, o pictures.Options) (pictures.Image, error)
	Figures(ctx context.Context, c card.Card, sizes []card.Size) ([]pictures.Figures, error)
	Small(ctx context.Context, c card.Card, width int) (pictures.Image, error)
}

// Photos shows photos, and stores that of the sample; package photos.
type Photos interface {
	Show(ctx context.Context, ref string) (data []byte, mediaType string, err error)
	ShowSmall(ctx context.Context, ref string, width int) (data []byte, mediaType string, err error)
	Add(ctx context.Context, data []byte) (id string, err error)
}

// Designs knows the themes and templates that a card can name; package render.
type Designs interface {
	Themes() []string
	Templates() []string
	Fields() []string                          // the newsroom's own texts that templates show
	Look(c card.Card) (template, theme string) // the names of those that the card gets
	ShowsPhoto(c card.Card) bool               // whether the card's template has a place for a photo
	// Home returns the language of the card, if it has none and its texts do not tell it; may be empty
	Home(c card.Card) string
}

// Stories registers, finds and lists stored stories; package stories.
type Stories interface {
	Version(ctx context.Context, id, version string) (store.Record, error)
	History(ctx context.Context, id string, before int64, limit int) ([]store.Period, error)
	Articles(ctx context.Context, q store.ArticleQuery) ([]store.Record, store.Cursor, error)
	Sites(ctx context.Context, limit int) ([]string, error)
	Put(ctx context.Context, a article.Article, o stories.PutOptions) (stories.Result, error)
	Update(ctx context.Context, id string, change func(article.Article) (article.Article, error), o stories.PutOptions) (
		stories.Result, error)
	DeleteIf(ctx context.Context, id string, condition stories.Condition) error
	Refresh(ctx context.Context, id string, o stories.PutOptions) (stories.Result, error)
	Audit(ctx context.Context, id string) (stories.Result, error)
}

// Clicks returns sums of clicks; package store.
type Clicks interface {
	Stats(ctx context.Context, id string, since time.Time) (store.Stats, error)
	Series(ctx context.Context, id string, since time.Time, step time.Duration) ([]store.Point, error)
	Top(ctx context.Context, q store.TopQuery) ([]store.TopStory, error)
}

// Config holds what the handlers depend on.
type Config struct {
	Stories  Stories
	Clicks   Clicks
	Pictures Pictures
	Photos   Photos
	Designs  Designs
	Pages    *web.Pages
	Guard    *access.Guard
	Journal  journal.Store
	Provider Provider // of OpenID Connect; nil: none
	Sampled  *sampled.Logger
	Present  present.Presenter
	Log      *slog.Logger
	Now      func() time.Time
	// Territories are the countries of the publication's readers; see stories.Config.
	Territories []string
	Changed     func(id string)                 // called after a stored story may have changed
	Refused     func(c echo.Context, err error) // logs why a photo could not be used
	Failed      func(way string)                // called when a sign-in is refused, with one of Ways
	// Leaders returns the stories that were opened or shared most in the window, as the public list has them
	Leaders func(ctx context.Context, window time.Duration, site string, limit int) ([]api.TopStory, error)
}

// Ways are the ways to sign in that can fail: by the API token, by the key of a service that only this machine can
// reach, by a personal link, and at the provider.
var Ways = []string{wayToken, wayKey, wayLink, wayProvider}

const (
	wayToken    = "token"
	wayKey      = "key"
	wayLink     = "link"
	wayProvider = "provider"
)

// Handlers answer requests. They are safe for concurrent use.
type Handlers struct{ Config }

// New makes the handlers.
func New(c Config) *Handlers { return &Handlers{c} }
