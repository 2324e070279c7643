package access

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"

	"newsroom.example/cards/internal/editors"
	"newsroom.example/cards/internal/journal"
)

// Sessions stores who has signed in; store.Store implements it. See editors.Store.
type Sessions interface {
	LinkOf(ctx context.Context, link editors.Hash, now time.Time) (editors.Editor, error)
	UseLink(ctx context.Context, link editors.Hash, s editors.Session) (editors.Session, error)
	BeginSession(ctx context.Context, s editors.Session) error
	Session(ctx context.Context, session editors.Hash, now time.Time) (editors.Session, error)
	UseSession(ctx context.Context, session editors.Hash, seen, rests time.Time) error
	EndSession(ctx context.Context, session editors.Hash, at time.Time) error
}

// life is how long a session is valid: while it is used again within rest, and until end at most.
type life struct{ rest, end time.Duration }

// An editor who was added has no other secret than her session, so that hers lasts for a month, of which she may be
// away for a week. The others can show who they are again; theirs last for a shift.
var (
	longLife  = life{rest: 7 * 24 * time.Hour, end: 30 * 24 * time.Hour}
	shiftLife = life{rest: 4 * time.Hour, end: 12 * time.Hour}
)

func lifeOf(way editors.Way) life {
	if way == editors.ByLink {
		return longLife
	}
	return shiftLife
}

// seenEvery is how often the store is told that a session is in use.
const seenEvery = time.Minute

// bounds returns what sessions depend on: those of the token end when it changes, those of a provider with its
// settings.
func (c Config) bounds() map[editors.Way]string {
	bounds := map[editors.Way]string{editors.ByLink: ""}
	if c.Token != "" {
		token := string(editors.HashOf("cards session of " + c.Token))
		bounds[editors.ByToken], bounds[editors.ByKey] = token, token
	}
	if c.Provider != "" {
		bounds[editors.ByOIDC] = string(editors.HashOf(c.Provider))
	}
	return bounds
}

// Begin begins the session of an editor who has shown who she is, and returns its cookie. It ends the session that the
// browser had: what was known of that is of no use then.
func (g *Guard) Begin(r *http.Request, e Editor, way editors.Way) (*http.Cookie, error) {
	s, secret := g.newSession(way)
	s.Editor = e
	if err := g.Sessions.BeginSession(journal.Doing(r.Context(), journal.SignIn), s); err != nil {
		return nil, err
	}
	return g.begun(r, s, secret)
}

// BeginByLink begins the session of the editor whose sign-in link has the secret. Errors: editors.ErrNoLink.
func (g *Guard) BeginByLink(r *http.Request, link string) (*http.Cookie, error) {
	s, secret := g.newSession(editors.ByLink)
	s, err := g.Sessions.UseLink(journal.Doing(r.Context(), journal.SignIn), editors.HashOf(link), s)
	if err != nil {
		return nil, err
	}
	return g.begun(r, s, secret)
}

func (g *Guard) newSession(way editors.Way) (s editors.Session, secret string) {
	secret, hash := editors.NewSecret()
	now := g.Now()
	of := lifeOf(way)
	return editors.Session{Hash: hash, Way: way, Bound: g.bounds[way], Began: now, Seen: now, Rests: now.Add(of.rest),
		Ends: now.Add(of.end)}, secret
}

// begun ends the session that the browser had, and returns the cookie of the one in its place.
func (g *Guard) begun(r *http.Request, s editors.Session, secret string) (*http.Cookie, error) {
	if err := g.endAll(r.Context(), r); err != nil {
		return nil, err
	}
	c := g.cookie.with(secret)
	if s.Way == editors.ByLink { // the others end with the browser
		c.Expires = s.Ends
	}
	return c, nil
}

// End ends the session of the request, and returns the cookie that makes the browser forget it.
func (g *Guard) End(r *http.Request) (*http.Cookie, error) {
	if err := g.endAll(journal.Doing(r.Context(), journal.SignOut), r); err != nil {
		return nil, err
	}
	c := g.cookie.with("")
	c.MaxAge = -1
	return c, nil
}

func (g *Guard) endAll(ctx context.Context, r *http.Request) error {
	for _, hash := range g.cookie.of(r) {
		if err := g.Sessions.EndSession(ctx, hash, g.Now()); err != nil {
			return err
		}
	}
	return nil
}

// session returns the session of a request. Errors: ErrNotSignedIn, and those of the store.
func (g *Guard) session(r *http.Request) (editors.Session, error) {
	for _, hash := range g.cookie.of(r) {
		s, err := g.Sessions.Session(r.Context(), hash, g.Now())
		if errors.Is(err, editors.ErrNoSession) {
			continue
		}
		if err != nil {
			return s, err
		}
		if bound, known := g.bounds[s.Way]; known && bound == s.Bound {
			g.use(r.Context(), s)
			return s, nil
		}
	}
	return editors.Session{}, ErrNotSignedIn
}

// use remembers that a session is in use. If that fails, the session rests sooner; the request does not fail.
func (g *Guard) use(ctx context.Context, s editors.Session) {
	now := g.Now()
	if now.Sub(s.Seen) < seenEvery {
		return
	}
	rests := now.Add(lifeOf(s.Way).rest)
	if rests.After(s.Ends) {
		rests = s.Ends
	}
	_ = g.Sessions.UseSession(ctx, s.Hash, now, rests)
}

// cookie is the cookie of sessions.
type cookie struct {
	name string
	tls  bool // it is sent only over https
}

// newCookie takes the public URL and what the cookie is of. If the URL is https, the cookie is Secure and its name has
// the prefix __Host-, so that other hosts of the same domain cannot set it. Browsers send cookies to all ports of a
// host, so the name ends in the URL's port: services on one host do not end each other's sessions.
func newCookie(publicURL, name string) cookie {
	c := cookie{name: "cards-" + name}
	if u, err := url.Parse(publicURL); err == nil {
		c.tls = u.Scheme == "https"
		if port := u.Port(); port != "" && port != defaultPorts[u.Scheme] {
			c.name += "-" + port
		}
	}
	if c.tls {
		c.name = "__Host-" + c.name
	}
	return c
}

var defaultPorts = map[string]string{"http": "80", "https": "443"}

// with returns the cookie with a value. It is SameSite=Lax: a link in a mail opens the studio, and what else a page of
// another site causes comes without it (see mayBeSignedIn for browsers that send it all the same).
func (c cookie) with(value string) *http.Cookie {
	return &http.Cookie{
		Name: c.name, Value: value, Path: "/", HttpOnly: true, Secure: c.tls, SameSite: http.SameSiteLaxMode,
	}
}

// FlowCookie returns the cookie that keeps a sign-in which was begun at the provider; an empty value removes it.
func (g *Guard) FlowCookie(value string) *http.Cookie {
	c := g.flow.with(value)
	c.MaxAge = int(flowLife.Seconds())
	if value == "" {
		c.MaxAge = -1
	}
	return c
}

// flowLife is how long a sign-in at the provider may take.
const flowLife = 10 * time.Minute

// Flow returns the value of FlowCookie that the request has; empty: none.
func (g *Guard) Flow(r *http.Request) string {
	c, err := r.Cookie(g.flow.name)
	if err != nil {
		return ""
	}
	return c.Value
}

// Bounds of what is looked up for one request: a browser has one session, or two after its host was renamed.
const (
	maxCookies = 3
	maxSecret  = 64 // bytes
)

// of returns the hashes of the sessions that the request names.
func (c cookie) of(r *http.Request) (all []editors.Hash) {
	for _, given := range r.CookiesNamed(c.name) {
		if n := len(given.Value); n > 0 && n <= maxSecret && len(all) < maxCookies {
			all = append(all, editors.HashOf(given.Value))
		}
	}
	return all
}
