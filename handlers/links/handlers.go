// Package links has the handlers for readers: share links, counted short links, and the Top 10.
package links

import (
	"context"
	"time"

	"newsroom.example/cards/handlers/access"
	"newsroom.example/cards/handlers/lookup"
	"newsroom.example/cards/handlers/present"
	"newsroom.example/cards/internal/audience"
	"newsroom.example/cards/internal/sampled"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/web"
)

// Clicks counts clicks and shares; packages clicks and store.
type Clicks interface {
	AddClick(ctx context.Context, c store.Click) error
	AddUncounted(u store.Uncounted) error
	DailyKey(ctx context.Context, now time.Time) ([32]byte, error)
	Top(ctx context.Context, q store.TopQuery) ([]store.TopStory, error)
}

// Config holds what the handlers depend on.
type Config struct {
	Clicks  Clicks
	Pages   *web.Pages
	Find    lookup.Finder
	Present present.Presenter
	Guard   *access.Guard
	Sampled *sampled.Logger
	Now     func() time.Time
	// ForwardQuery passes the query of a short link on to the story.
	ForwardQuery bool
}

// Handlers answer requests. They are safe for concurrent use.
type Handlers struct {
	Config
	visitors audience.Visitors
	patience patience
	top      *topLists
}

// New makes the handlers.
func New(c Config) *Handlers {
	h := &Handlers{Config: c}
	h.visitors.DailyKey = h.dailyKey
	h.top = newTopLists(h.countTop, c.Now)
	go audience.Prepare()
	return h
}

// Changed drops the cached lists that contain the article.
func (h *Handlers) Changed(article string) { h.top.forget(article) }
