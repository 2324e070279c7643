package handlers

import (
	"crypto/sha256"
	"crypto/subtle"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"
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
		if !s.hasToken(c.Request()) {
			return errUnauthorized
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
		case s.isEditor(c):
			return next(c)
		case c.Path() == "/":
			return s.signInPage(c, http.StatusUnauthorized, "")
		}
		return errSignIn
	}
}

// isEditor reports a request with an editor's authority.
func (s *server) isEditor(c echo.Context) bool {
	r := c.Request()
	return s.isLocal(c) || s.hasToken(r) || s.isSignedIn(r)
}

// isSignedIn reports a request with a valid session that no page of another site has sent.
func (s *server) isSignedIn(r *http.Request) bool {
	return s.sessions.valid(r, s.Now()) && s.isSameOrigin(r)
}

// hasToken reports a request that carries the API token.
func (s *server) hasToken(r *http.Request) bool {
	scheme, given, _ := strings.Cut(r.Header.Get(echo.HeaderAuthorization), " ")
	return strings.EqualFold(scheme, "Bearer") && s.isToken(given)
}

// isToken compares in a time that does not depend on how much of the token was guessed.
func (s *server) isToken(given string) bool {
	want, got := sha256.Sum256([]byte(s.Token)), sha256.Sum256([]byte(given))
	return s.Token != "" && subtle.ConstantTimeCompare(got[:], want[:]) == 1
}

// isLocal reports a request from this machine to a service that listens on a loopback address
// alone, under a name that no page of another site can have (DNS rebinding) and sent by none.
func (s *server) isLocal(c echo.Context) bool {
	r := c.Request()
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if !s.OpenStudio || err != nil || !peer.Addr().Unmap().IsLoopback() || !isLoopbackHost(r.Host) {
		return false
	}
	for _, name := range proxyHeaders {
		if len(r.Header.Values(name)) > 0 {
			return false
		}
	}
	return s.isSameOrigin(r)
}

// proxyHeaders are what proxies add to a request; a program on this machine sends none of them.
var proxyHeaders = []string{echo.HeaderXForwardedFor, "Forwarded", "Via", echo.HeaderXRealIP}

// isLoopbackHost reports a Host header that names this machine.
func isLoopbackHost(hostport string) bool {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		host = hostport
	}
	addr, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return host == "localhost" || err == nil && addr.Unmap().IsLoopback()
}

// isSameOrigin reports a request that no page of another origin has sent, not even one of the
// same site. Programs send neither header; browsers let no page change them.
func (s *server) isSameOrigin(r *http.Request) bool {
	for _, site := range r.Header.Values("Sec-Fetch-Site") {
		if site != "same-origin" && site != "none" {
			return false
		}
	}
	for _, origin := range r.Header.Values("Origin") {
		if !s.isOwnOrigin(origin, r.Host) {
			return false
		}
	}
	return true
}

// isOwnOrigin reports an origin that is the public URL's or the one that the request went to. A
// public URL with https wants https: a page loaded over http may be anybody's.
func (s *server) isOwnOrigin(origin, host string) bool {
	given, err := url.Parse(origin)
	if err != nil || given.Host == "" || given.Scheme != "http" && given.Scheme != "https" {
		return false
	}
	if given.Scheme == "http" && strings.HasPrefix(s.PublicURL, "https:") {
		return false
	}
	return strings.EqualFold(origin, s.PublicURL) || strings.EqualFold(given.Host, host)
}
