// Package embed answers other sites' pages: the embed kit, the share bar and oEmbed.
package embed

import (
	"sync"

	"newsroom.example/cards/handlers/lookup"
	"newsroom.example/cards/handlers/present"
	"newsroom.example/cards/internal/web"
)

// Config is what the handlers call.
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

// makeKit makes the embed kit once: it is the same for every service of the process.
var makeKit = sync.OnceValues(func() (map[string]web.KitFile, error) { return web.KitFiles(actions()) })
