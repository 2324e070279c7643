// Package access authorizes requests: by the API token, an editor's session, a signature, or because they come
// from this machine. It also rate-limits clients.
package access

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"net/url"
	"time"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/editors"
	"newsroom.example/cards/internal/fault"
)

// Errors of requests that are not authorized, or are rate-limited.
var (
	ErrUnauthorized = fault.New(fault.Unauthorized, "unauthorized")
	ErrNotSignedIn  = fault.Public(fault.Unauthorized, "not signed in",
		"sign in to the studio, or send its API token: Authorization: Bearer TOKEN")
	ErrLimited = fault.New(fault.RateLimited, "rate limited")
)

// Challenge is the WWW-Authenticate header of a 401, which RFC 9110, 11.6.1, requires. Browsers show no dialog
// for this scheme.
const Challenge = `Bearer realm="cards"`

// Config holds the settings of a Guard.
type Config struct {
	Token     string // the API token; empty: no request is authorized by token
	PublicURL string // prefix of the service's URLs, without a trailing slash
	// StudioKey opens the studio of a service that only this machine can reach, in place of the token. The start
	// prints it with the studio's URL. Empty: no key opens the studio.
	StudioKey string
	Signer    *card.Signer
	Sessions  Sessions // of editors; nil: there are none
	Tokens    Tokens   // of programs; nil: there is none but Token
	// Provider identifies the OpenID provider and who of its people may enter: the sessions of those end when it
	// changes. Empty: there is no provider.
	Provider string
	Header   *Header // by which a proxy says who has signed in; nil: none does
	Now      func() time.Time
}

// Guard authorizes and rate-limits requests. It is safe for concurrent use.
type Guard struct {
	Config
	cookie cookie                 // of sessions
	flow   cookie                 // of sign-ins at the provider that were begun
	bounds map[editors.Way]string // what sessions depend on; those of other ways are not valid
	uses   uses

	Misses  *Limiter // lookups of unknown short codes
	SignIns *Limiter // sign-ins with a wrong token or link
	Returns *Limiter // returns from the provider
}

// New makes a Guard.
func New(c Config) *Guard {
	return &Guard{
		Config: c, cookie: newCookie(c.PublicURL, "session"), flow: newCookie(c.PublicURL, "openid"), bounds: c.bounds(),
		Misses: NewLimiter(MissBurst, missEvery), SignIns: NewLimiter(SignInBurst, SignInEvery),
		Returns: NewLimiter(MissBurst, missEvery),
	}
}

// Verify checks that the request's URL has a valid signature and has not expired.
func (g *Guard) Verify(r *http.Request, q url.Values) error {
	return g.Signer.Verify(r.URL.EscapedPath(), q, g.Now())
}

// Sign signs the query of a URL with the path. With a zero time the signature never expires.
func (g *Guard) Sign(path string, q url.Values, expires time.Time) url.Values {
	return g.Signer.Sign(path, q, expires)
}

// SignAddress returns an absolute URL of this service with a signature of its path and query that never expires.
func (g *Guard) SignAddress(address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil {
		return "", err
	}
	u.RawQuery = g.Sign(u.EscapedPath(), u.Query(), time.Time{}).Encode()
	return u.String(), nil
}

// IsStudioKey reports whether given is the key of the studio, in constant time.
func (g *Guard) IsStudioKey(given string) bool { return IsSecret(given, g.StudioKey) }

// MayDrawUnsigned reports whether the request may have any card drawn: an editor's request on a service that
// only this machine can reach.
func (g *Guard) MayDrawUnsigned(r *http.Request) bool {
	if g.StudioKey == "" {
		return false
	}
	_, ok := g.Editor(r)
	return ok
}

// IsToken reports whether the string is the API token that the service was started with.
func (g *Guard) IsToken(given string) bool { return IsSecret(given, g.Token) }

// IsSecret compares in constant time. An empty secret matches nothing.
func IsSecret(given, secret string) bool {
	want, got := sha256.Sum256([]byte(secret)), sha256.Sum256([]byte(given))
	return secret != "" && subtle.ConstantTimeCompare(got[:], want[:]) == 1
}
