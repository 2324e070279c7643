// Package answer writes answers: errors, pages, pictures, and the headers that all answers have.
package answer

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// Private keeps an answer of an authorized request out of caches.
func Private(c echo.Context) echo.Context {
	c.Response().Header().Set("Cache-Control", "no-store")
	return c
}

// HeaderRequestID names the request in its answer and in the log.
const HeaderRequestID = "X-Request-Id"

// RequestID is the request's name.
func RequestID(c echo.Context) string { return c.Response().Header().Get(HeaderRequestID) }

const quietKey = "quiet"

// Quiet has the request logged at the level debug: pictures from the cache, of a story that everybody opens,
// would fill the log.
func Quiet(c echo.Context) { c.Set(quietKey, true) }

// IsQuiet reports whether Quiet was called.
func IsQuiet(c echo.Context) bool { return c.Get(quietKey) != nil }

// Content security policies: nothing at all for data and pictures; our own files for pages.
const (
	PolicyData = "default-src 'none'; frame-ancestors 'none'"
	PolicyPage = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

// Always are the headers of every answer, unless its handler sets another. Their values are shared
// by all answers, which replace them and never change them.
var Always = http.Header{
	"X-Content-Type-Options":       {"nosniff"},
	"Content-Security-Policy":      {PolicyData},
	"Referrer-Policy":              {"strict-origin-when-cross-origin"},
	"Cross-Origin-Resource-Policy": {"cross-origin"},
}

// confirming are those of Always that an answer of 304 has. The others guard the picture that its
// reader has kept, with their values (RFC 9110, 15.4.5; RFC 9111, 4.3.4).
var confirming = http.Header{
	"Cross-Origin-Resource-Policy": Always["Cross-Origin-Resource-Policy"],
}
