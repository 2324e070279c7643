package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// origin says whose pages may read the responses of a route, besides the service's own.
type origin string

const anyOrigin origin = "*"

// allOrigins is shared by responses, which must not modify it.
var allOrigins = []string{string(anyOrigin)}

// crossOrigin lets pages of other origins read the response, also one that is an error or a 304. Browsers send neither
// cookies nor, without asking first, Authorization with such a request.
func crossOrigin(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Response().Header()["Access-Control-Allow-Origin"] = allOrigins
		return next(c)
	}
}

// otherMethods does the same for what Echo answers by itself on such a path: OPTIONS, and 405 for other methods.
// A browser that asks first is still refused: no method and no header is allowed.
func (r router) otherMethods(next echo.HandlerFunc) echo.HandlerFunc {
	open := crossOrigin(next)
	return func(c echo.Context) error {
		switch m := c.Request().Method; {
		case m == http.MethodGet, m == http.MethodHead, c.Get(echo.ContextKeyHeaderAllow) == nil, !r.open[c.Path()]:
			return next(c)
		}
		return open(c)
	}
}
