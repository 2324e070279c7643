// Package embed has the handlers for pages of other sites: the embed kit, the share bar and oEmbed.
package embed

import (
	"sync"

	"newsroom.example/cards/handlers/lookup"
	"newsroom.example/cards/handlers/present"
	"newsroom.example/cards/internal/web"
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
	kit map[string]web.KitFile
}

// New makes the handlers.
func New(c Config) (*Handlers, error) {
	kit, err := makeKit()
	return &Handlers{Config: c, kit: kit}, err
}

// makeKit builds the embed kit once: it is the same for every service in the process.
var makeKit = sync.OnceValues(func() (map[string]web.KitFile, error) { return web.KitFiles(actions()) })
