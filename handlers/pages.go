package handlers

import (
	"bytes"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/web"
)

// static serves the styles and scripts of the service's pages.
func (s *server) static(c echo.Context) error {
	name := c.Param("file")
	data, err := fs.ReadFile(web.Static(), path.Clean(name))
	if err != nil || strings.HasPrefix(name, ".") {
		return store.ErrNotFound
	}
	types := map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
		".svg": "image/svg+xml"}
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
	return c.JSONBlob(http.StatusOK, bytes.ReplaceAll(api.JSON, []byte(web.PlaceURL), []byte(s.PublicURL)))
}

func (s *server) docsPage(c echo.Context) error {
	d, err := s.reference()
	if err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "no-cache")
	return answer.Page(c, answer.PolicyPage, func(w http.ResponseWriter) error { return s.Pages.Docs(w, d) })
}
