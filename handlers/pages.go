package handlers

import (
	"bytes"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"sync"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/web"
)

// page answers 200 with HTML that write makes, under a content security policy.
func (s *server) page(c echo.Context, policy string, write func(http.ResponseWriter) error) error {
	return s.pageWithStatus(c, http.StatusOK, policy, write)
}

func (s *server) pageWithStatus(c echo.Context, status int, policy string, write func(http.ResponseWriter) error) error {
	var out pageBuffer
	if err := write(&out); err != nil {
		return err
	}
	c.Response().Header().Set("Content-Security-Policy", policy)
	return c.HTMLBlob(status, out.Bytes())
}

// pageBuffer holds a page until it is whole, so that a fault is never half a page.
type pageBuffer struct{ bytes.Buffer }

func (*pageBuffer) Header() http.Header { return http.Header{} }
func (*pageBuffer) WriteHeader(int)     {}

// static serves the pages' own styles and scripts.
func (s *server) static(c echo.Context) error {
	name := c.Param("file")
	data, err := fs.ReadFile(web.Static(), path.Clean(name))
	if err != nil || strings.HasPrefix(name, ".") {
		return store.ErrNotFound
	}
	types := map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
	kind, ok := types[path.Ext(name)]
	if !ok {
		return store.ErrNotFound
	}
	c.Response().Header().Set("Cache-Control", "no-cache")
	return c.Blob(http.StatusOK, kind, data)
}

func (s *server) openapiJSON(c echo.Context) error {
	c.Response().Header().Set("Cache-Control", "no-cache")
	c.Response().Header().Set("Access-Control-Allow-Origin", "*")
	return c.JSONBlob(http.StatusOK, api.JSON)
}

func (s *server) docsPage(c echo.Context) error {
	d, err := web.Reference()
	if err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "no-cache")
	return s.page(c, policyPage, func(w http.ResponseWriter) error { return s.Pages.Docs(w, d) })
}

// makeKit makes the embed kit once: it is the same for every service of the process.
var makeKit = sync.OnceValues(func() (map[string]web.KitFile, error) { return web.KitFiles(actions()) })
