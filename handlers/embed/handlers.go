// Package embed has the handlers for pages of other sites: the embed kit, the share bar and oEmbed.
package embed

import (
	"newsroom.example/cards/handlers/lookup"
	"newsroom.example/cards/handlers/present"
	"newsroom.example/cards/internal/web"
	"newsroom.example/cards/share"
)

// Config holds what the handlers depend on.
type Config struct {
	Pages   *web.Pages
	Find    lookup.Finder
	Present present.Presenter
}

// Handlers answer requests. They are safe for concurrent use.
type Handlers struct {
	Config
	kit *web.Kit
}

// New makes the handlers.
func New(c Config) (*Handlers, error) {
	kit, err := web.NewKit(share.RulesOf(c.Present.Share))
	return &Handlers{Config: c, kit: kit}, err
}
