package handlers

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/labstack/echo/v4"

	"cards/api"
	"cards/store"
	"cards/web"
)

// page answers with HTML that write makes, under a content security policy.
func (s *server) page(c echo.Context, policy string, write func(http.ResponseWriter) error) error {
	var out pageBuffer
	if err := write(&out); err != nil {
		return err
	}
	c.Response().Header().Set("Content-Security-Policy", policy)
	return c.HTMLBlob(http.StatusOK, out.Bytes())
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
	ref, err := readReference()
	if err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "no-cache")
	c.Response().Header().Set("Access-Control-Allow-Origin", "*")
	return c.JSONBlob(http.StatusOK, ref.openapi)
}

func (s *server) docsPage(c echo.Context) error {
	ref, err := readReference()
	if err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "no-cache")
	return s.page(c, policyPage, func(w http.ResponseWriter) error { return s.Pages.Docs(w, ref.docs) })
}

// reference is the OpenAPI document in the forms it is served in. It is made once, when it is first
// asked for, since that takes longer than the rest of a start; the embed kit is made once too.
type reference struct {
	openapi []byte
	docs    web.DocsData
}

var (
	readReference = sync.OnceValues(newReference)
	makeKit       = sync.OnceValues(func() (map[string]web.KitFile, error) { return web.KitFiles(actions()) })
)

func newReference() (r reference, err error) {
	doc, err := api.Load()
	if err != nil {
		return r, err
	}
	if r.openapi, err = json.Marshal(doc); err != nil {
		return r, err
	}
	r.docs = web.DocsData{Title: doc.Info.Title, Version: doc.Info.Version, Description: doc.Info.Description}
	for _, tag := range doc.Tags {
		group := web.Group{Name: tag.Name}
		for _, at := range doc.Paths.InMatchingOrder() {
			item := doc.Paths.Value(at)
			for _, method := range []string{http.MethodGet, http.MethodPut, http.MethodPost, http.MethodDelete} {
				if op := item.GetOperation(method); op != nil && op.Tags[0] == tag.Name {
					group.Operations = append(group.Operations, operation(method, at, item, op))
				}
			}
		}
		r.docs.Groups = append(r.docs.Groups, group)
	}
	return r, nil
}

func operation(method, at string, item *openapi3.PathItem, op *openapi3.Operation) web.Operation {
	out := web.Operation{Method: method, Path: at, Summary: op.Summary, Description: op.Description, Token: op.Security != nil}
	for _, p := range append(append(openapi3.Parameters{}, item.Parameters...), op.Parameters...) {
		out.Parameters = append(out.Parameters, web.Parameter{
			Name: p.Value.Name, In: p.Value.In, Type: typeName(p.Value.Schema), Required: p.Value.Required, Description: p.Value.Description,
		})
	}
	if op.RequestBody != nil {
		for media, content := range op.RequestBody.Value.Content {
			if out.Body == "" || media == "application/json" {
				out.Body = media + describe(content.Schema)
			}
		}
	}
	for status, r := range op.Responses.Map() {
		shown := web.Response{Status: status}
		if r.Value.Description != nil {
			shown.Description = *r.Value.Description
		}
		if content := r.Value.Content.Get("application/json"); content != nil {
			shown.Example = strings.TrimSpace(describe(content.Schema))
		}
		out.Responses = append(out.Responses, shown)
	}
	sortResponses(out.Responses)
	return out
}
