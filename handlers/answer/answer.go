// Package answer writes responses: errors, pages, pictures, and the headers of all responses.
package answer

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// NoStore is the Cache-Control of a response that no cache may store.
const NoStore = "no-store"

// Private forbids caches to store the response, which depends on the request's authorization.
func Private(c echo.Context) echo.Context {
	c.Response().Header().Set("Cache-Control", NoStore)
	return c
}

// HeaderRequestID is the header with the request's id, which is also in the log.
const HeaderRequestID = "X-Request-Id"

// RequestID returns the request's id.
func RequestID(c echo.Context) string { return c.Response().Header().Get(HeaderRequestID) }

// quiet is a response whose log line is demoted. A value of echo.Context would take a map for each request.
type quiet struct{ http.ResponseWriter }

// Unwrap returns the response itself, for http.ResponseController.
func (q *quiet) Unwrap() http.ResponseWriter { return q.ResponseWriter }

// Quiet demotes the request's log line to level debug. Cached pictures of popular stories would fill the log. It must
// be called before the response is sent, and not in a handler whose responses are compressed.
func Quiet(c echo.Context) {
	c.Response().Writer = &quiet{c.Response().Writer}
}

// IsQuiet reports whether Quiet was called.
func IsQuiet(c echo.Context) bool {
	_, is := c.Response().Writer.(*quiet)
	return is
}

// Content security policies: nothing for data and pictures, the service's own files for pages, and the style sheet for
// fragments, which may be shown in a frame.
const (
	PolicyData = "default-src 'none'; frame-ancestors 'none'"
	PolicyPage = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

	PolicyFragment = "default-src 'none'; style-src 'self'"
)

// Always are the headers of every response, unless its handler sets other values. All responses share the
// values, so handlers must replace them and not modify them.
var Always = http.Header{
	"X-Content-Type-Options":       {"nosniff"},
	"Content-Security-Policy":      {PolicyData},
	"Referrer-Policy":              {"strict-origin-when-cross-origin"},
	"Cross-Origin-Resource-Policy": {"cross-origin"},
}

// confirming are the headers of Always that a 304 has. For the others, clients use the values of the stored
// response (RFC 9110, 15.4.5; RFC 9111, 4.3.4).
var confirming = http.Header{
	"Cross-Origin-Resource-Policy": Always["Cross-Origin-Resource-Policy"],
}
