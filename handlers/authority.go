package handlers

import (
	"errors"
	"log/slog"
	"net"
	"net/http"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/access"
	"newsroom.example/cards/handlers/studio"
	"newsroom.example/cards/internal/tokens"
)

// authority is the authorization that a route requires.
type authority string

const (
	anyone     authority = "public"
	viewer     authority = "viewer" // who has signed in to the studio, and holders of a token with the scope admin
	editor     authority = "editor" // those of them who may change what readers see
	admin      authority = "admin"  // those of them who may see and change who else may
	signature  authority = "signed" // a signed URL, which the handler verifies
	knownStory authority = "story"  // the URL of a registered story, or a signed URL, which the handler verifies
	kakaoKey   authority = "kakao"  // Kakao's webhook with the admin key, which the handler verifies
)

// The authorities of the API: holders of a token with the scope of the same name.
const (
	articlesWrite = authority(tokens.WriteArticles)
	articlesRead  = authority(tokens.ReadArticles)
	photosWrite   = authority(tokens.WritePhotos)
	statsRead     = authority(tokens.ReadStats)
)

// scope returns the scope that a route of the API needs. ok is false for other routes.
func (a authority) scope() (s tokens.Scope, ok bool) {
	switch a {
	case articlesWrite, articlesRead, photosWrite, statsRead:
		return tokens.Scope(a), true
	}
	return "", false
}

// needs are the roles that the authorities of the studio need.
var needs = map[authority]access.Role{viewer: access.RoleViewer, editor: access.RoleEditor, admin: access.RoleAdmin}

// router registers routes, each with its authority. GET routes answer HEAD too, which Echo does not do
// by default; net/http drops the body.
type router struct {
	*server
	echo  *echo.Echo
	table map[string]authority // by method and path
	open  map[string]bool      // paths whose responses pages of every origin may read

	compress echo.MiddlewareFunc // of the routes whose responses are not compressed already
}

func newRouter(s *server, e *echo.Echo) router {
	s.pages = map[string]bool{}
	if s.Watch == nil {
		s.Watch = unwatched{}
	}
	return router{server: s, echo: e, table: map[string]authority{}, open: map[string]bool{}, compress: newCompressor()}
}

// GET registers the route for GET and HEAD.
func (r router) GET(path string, who authority, h echo.HandlerFunc, from ...origin) {
	r.add(http.MethodGet, path, who, h, from...)
	r.add(http.MethodHead, path, who, h, from...)
}

// Page registers the route of a page for GET and HEAD. Who must sign in first gets the sign-in page in its place, which
// leads back to it.
func (r router) Page(path string, who authority, h echo.HandlerFunc) {
	r.pages[path] = true
	r.GET(path, who, h)
}

// POST registers the route for POST.
func (r router) POST(path string, who authority, h echo.HandlerFunc, from ...origin) {
	r.add(http.MethodPost, path, who, h, from...)
}

// PUT registers the route for PUT.
func (r router) PUT(path string, who authority, h echo.HandlerFunc) {
	r.add(http.MethodPut, path, who, h)
}

// PATCH registers the route for PATCH.
func (r router) PATCH(path string, who authority, h echo.HandlerFunc) {
	r.add(http.MethodPatch, path, who, h)
}

// DELETE registers the route for DELETE.
func (r router) DELETE(path string, who authority, h echo.HandlerFunc) {
	r.add(http.MethodDelete, path, who, h)
}

// add registers a route behind the middleware that checks its authority.
func (r router) add(method, path string, who authority, h echo.HandlerFunc, from ...origin) {
	r.table[method+" "+path] = who
	r.Watch.Route(method, path)
	var m []echo.MiddlewareFunc
	if scope, ok := who.scope(); ok {
		m = append(m, r.tokenHolders(scope))
	}
	if role, ok := needs[who]; ok {
		m = append(m, r.editors(role))
	}
	if len(from) > 0 {
		r.open[path] = true
		m = append(m, crossOrigin)
	}
	if !isCompressed(path) {
		m = append(m, r.compress)
	}
	r.echo.Add(method, path, h, m...)
}

// tokenHolders rejects requests without a token that has the scope.
func (s *server) tokenHolders(scope tokens.Scope) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			e, site, err := s.guard.Allowed(c.Request(), scope)
			if err != nil {
				return err
			}
			c = as(c, e)
			c.SetRequest(c.Request().WithContext(access.OfSite(c.Request().Context(), site)))
			return next(c)
		}
	}
}

// as returns the context of a request that is known to be the editor's.
func as(c echo.Context, e access.Editor) echo.Context {
	r := c.Request()
	c.SetRequest(r.WithContext(access.As(r.Context(), e)))
	return c
}

// editors rejects requests that are not those of an editor with the role. For the studio's pages it answers the sign-in
// page with status 401: browsers show it like any page, caches and crawlers do not store it, and programs see that they
// are not authorized.
func (s *server) editors(role access.Role) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if c.Path() == "/" && c.QueryParams().Has(studio.KeyParameter) {
				return s.studio.Enter(c)
			}
			e, err := s.guard.Who(c.Request())
			switch {
			case errors.Is(err, access.ErrNotSignedIn) && s.pages[c.Path()]:
				return s.studio.SignInPage(c)
			case err != nil:
				return err
			case !e.Can(role):
				return access.ErrRole
			}
			return next(as(c, e))
		}
	}
}

// errHeader is what the log says of a header that does not count.
var errHeader = errors.New("the header of --auth-header came from an address that is no --trusted-proxy; it was ignored")

// ignoredHeader logs that somebody else than the proxy has said who has signed in.
func (s *server) ignoredHeader(r *http.Request) {
	s.sampled.Log(r.Context(), slog.LevelWarn, "sign-in header ignored", "auth-header", errHeader, "from",
		access.Client(senderOf(r)).String())
}

// senderOf returns the address of who has sent the request, without its port.
func senderOf(r *http.Request) string {
	host, _, _ := net.SplitHostPort(r.RemoteAddr)
	return host
}
