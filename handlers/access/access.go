// Package access says who may do what: holders of the API token, editors in their sessions, requests with a
// signed address or from this machine, and how often a client may try.
package access

import (
	"crypto/sha256"
	"crypto/subtle"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/fault"
)

// Errors of requests that may not do what they ask for.
var (
	ErrUnauthorized = fault.New(fault.Unauthorized, "unauthorized")
	ErrNotSignedIn  = fault.Public(fault.Unauthorized, "not signed in",
		"sign in to the studio, or send its API token: Authorization: Bearer TOKEN")
	ErrLimited = fault.New(fault.RateLimited, "rate limited")
)

// Challenge is the WWW-Authenticate header of a 401, as RFC 9110, 11.6.1, demands; no browser asks its user
// for this one.
const Challenge = `Bearer realm="cards"`

// Config is what a Guard is made of.
type Config struct {
	Token     string // of the API; empty: no request has it
	PublicURL string // prefix of the service's addresses, without a trailing slash
	Loopback  bool   // only this machine can reach the service: its requests need no token for the studio
	Signer    *card.Signer
	Now       func() time.Time
}

// Guard decides who may do what. It is safe for concurrent use.
type Guard struct {
	Config
	sessions sessions

	Misses  *Limiter // of short codes that lead nowhere
	Draws   *Limiter // of articles' pictures in sizes without a name
	SignIns *Limiter // with a wrong token
}

// New makes a Guard.
func New(c Config) *Guard {
	return &Guard{
		Config: c, sessions: newSessions(c.Token, c.PublicURL),
		Misses: NewLimiter(MissBurst, missEvery), Draws: NewLimiter(DrawBurst, drawEvery),
		SignIns: NewLimiter(SignInBurst, SignInEvery),
	}
}

// Verify checks the signature of the request's address and that it has not expired.
func (g *Guard) Verify(r *http.Request, q url.Values) error {
	return g.Signer.Verify(r.URL.EscapedPath(), q, g.Now())
}

// Sign signs the query of an address at the path. A zero time never expires.
func (g *Guard) Sign(path string, q url.Values, expires time.Time) url.Values {
	return g.Signer.Sign(path, q, expires)
}

// IsEditor reports a request with an editor's authority.
func (g *Guard) IsEditor(r *http.Request) bool {
	return g.IsLocal(r) || g.HasToken(r) || g.IsSignedIn(r)
}

// IsSignedIn reports a request with a valid session that no page of another site has sent.
func (g *Guard) IsSignedIn(r *http.Request) bool {
	return g.sessions.valid(r, g.Now()) && g.IsSameOrigin(r)
}

// BeginSession returns the cookie of a session that begins now.
func (g *Guard) BeginSession() *http.Cookie { return g.sessions.begin(g.Now()) }

// EndSession returns the cookie with which the browser drops its session.
func (g *Guard) EndSession() *http.Cookie { return g.sessions.end() }

// HasToken reports a request that carries the API token.
func (g *Guard) HasToken(r *http.Request) bool {
	scheme, given, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	return strings.EqualFold(scheme, "Bearer") && g.IsToken(given)
}

// IsToken reports the API token.
func (g *Guard) IsToken(given string) bool { return IsSecret(given, g.Token) }

// IsSecret compares in a time that does not depend on how much of the secret was guessed. An empty secret is
// nothing's.
func IsSecret(given, secret string) bool {
	want, got := sha256.Sum256([]byte(secret)), sha256.Sum256([]byte(given))
	return secret != "" && subtle.ConstantTimeCompare(got[:], want[:]) == 1
}

// IsLocal reports a request from this machine to a service that listens on a loopback address alone, under a
// name that no page of another site can have (DNS rebinding) and sent by none.
func (g *Guard) IsLocal(r *http.Request) bool {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if !g.Loopback || err != nil || !peer.Addr().Unmap().IsLoopback() || !isLoopbackHost(r.Host) {
		return false
	}
	for _, name := range proxyHeaders {
		if len(r.Header.Values(name)) > 0 {
			return false
		}
	}
	return g.IsSameOrigin(r)
}

// proxyHeaders are what proxies add to a request; a program on this machine sends none of them.
var proxyHeaders = []string{"X-Forwarded-For", "Forwarded", "Via", "X-Real-Ip"}

// isLoopbackHost reports a Host header that names this machine.
func isLoopbackHost(hostport string) bool {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		host = hostport
	}
	addr, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return host == "localhost" || err == nil && addr.Unmap().IsLoopback()
}

// IsSameOrigin reports a request that no page of another origin has sent, not even one of the same site.
// Programs send neither header; browsers let no page change them.
func (g *Guard) IsSameOrigin(r *http.Request) bool {
	for _, site := range r.Header.Values("Sec-Fetch-Site") {
		if site != "same-origin" && site != "none" {
			return false
		}
	}
	for _, origin := range r.Header.Values("Origin") {
		if !g.isOwnOrigin(origin, r.Host) {
			return false
		}
	}
	return true
}

// isOwnOrigin reports an origin that is the public URL's or the one that the request went to. A public URL
// with https wants https: a page loaded over http may be anybody's.
func (g *Guard) isOwnOrigin(origin, host string) bool {
	given, err := url.Parse(origin)
	if err != nil || given.Host == "" || given.Scheme != "http" && given.Scheme != "https" {
		return false
	}
	if given.Scheme == "http" && strings.HasPrefix(g.PublicURL, "https:") {
		return false
	}
	return strings.EqualFold(origin, g.PublicURL) || strings.EqualFold(given.Host, host)
}
