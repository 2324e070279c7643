package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/access"
)

// authority is who may use a route.
type authority string

const (
	anyone      authority = "public"
	tokenHolder authority = "token"  // holders of the API token
	editor      authority = "studio" // signed in, with the API token, or on the machine of a loopback service
	signature   authority = "signed" // holders of a signed address, which the handler verifies
	kakaoKey    authority = "kakao"  // Kakao, by the app's admin key, which the handler compares
)

// router registers routes, each with its authority. A GET route answers HEAD too, which Echo
// does not do by itself; net/http drops the body.
type router struct {
	*server
	echo  *echo.Echo
	table map[string]authority // by method and path
}

func newRouter(s *server, e *echo.Echo) router {
	return router{server: s, echo: e, table: map[string]authority{}}
}

// GET registers the route for GET and HEAD.
func (r router) GET(path string, who authority, h echo.HandlerFunc, m ...echo.MiddlewareFunc) {
	r.add(http.MethodGet, path, who, h, m...)
	r.add(http.MethodHead, path, who, h, m...)
}

// POST registers the route for POST.
func (r router) POST(path string, who authority, h echo.HandlerFunc, m ...echo.MiddlewareFunc) {
	r.add(http.MethodPost, path, who, h, m...)
}

// PUT registers the route for PUT.
func (r router) PUT(path string, who authority, h echo.HandlerFunc) {
	r.add(http.MethodPut, path, who, h)
}

// DELETE registers the route for DELETE.
func (r router) DELETE(path string, who authority, h echo.HandlerFunc) {
	r.add(http.MethodDelete, path, who, h)
}

// add registers a route behind the guard of its authority.
func (r router) add(method, path string, who authority, h echo.HandlerFunc, m ...echo.MiddlewareFunc) {
	r.table[method+" "+path] = who
	switch who {
	case tokenHolder:
		m = append([]echo.MiddlewareFunc{r.tokenHolders}, m...)
	case editor:
		m = append([]echo.MiddlewareFunc{r.editors}, m...)
	}
	r.echo.Add(method, path, h, m...)
}

// tokenHolders lets only requests with the API token pass.
func (s *server) tokenHolders(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if !s.guard.HasToken(c.Request()) {
			return access.ErrUnauthorized
		}
		return next(c)
	}
}

// editors lets only editors pass. Instead of the studio itself everybody else sees the sign-in
// page, with the status 401: browsers show it like any page, caches and crawlers do not keep it,
// and a program or a monitor sees that the studio is closed.
func (s *server) editors(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		switch {
		case s.guard.IsEditor(c.Request()):
			return next(c)
		case c.Path() == "/":
			return s.studio.SignInPage(c)
		}
		return access.ErrNotSignedIn
	}
}
