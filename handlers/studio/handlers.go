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
	"newsroom.example/cards/internal/pictures"
	"newsroom.example/cards/internal/sampled"
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

// Config holds what the handlers depend on.
type Config struct {
	Pictures Pictures
	Photos   Photos
	Designs  Designs
	Pages    *web.Pages
	Guard    *access.Guard
	Provider Provider // of OpenID Connect; nil: none
	Sampled  *sampled.Logger
	Present  present.Presenter
	Log      *slog.Logger
	Now      func() time.Time
	Refused  func(c echo.Context, err error) // logs why a photo could not be used
}

// Handlers answer requests. They are safe for concurrent use.
type Handlers struct{ Config }

// New makes the handlers.
func New(c Config) *Handlers { return &Handlers{c} }
