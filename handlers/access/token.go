package access

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"

	"newsroom.example/cards/internal/editors"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/tokens"
)

// Tokens finds the tokens of programs; package store.
type Tokens interface {
	TokenOf(ctx context.Context, hash editors.Hash) (tokens.Token, error)
	UseToken(ctx context.Context, id string, at time.Time) error
}

// Errors of tokens that were in use before. Only who has the secret sees them, so they tell nothing to others.
var (
	ErrTokenEnded = fault.Public(fault.Unauthorized, "token ended", "this token has expired; ask the operator for "+
		"another one (cards token create)")
	ErrTokenRevoked = fault.Public(fault.Unauthorized, "token revoked", "this token was revoked; ask the operator for "+
		"another one (cards token create)")
)

// noScope is the error of a token that may not do what needs the scope.
func noScope(need tokens.Scope) error {
	return fault.Public(fault.Forbidden, "token without the scope "+string(need),
		"this token may not do this: it needs the scope "+string(need))
}

// Holder is who sends the token that the service was started with.
var Holder = Editor{Name: holderName, Role: RoleAdmin}

const holderName = "API token"

// first is the token that the service was started with. It has all scopes, no site and no end.
var first = tokens.Token{Scopes: []tokens.Scope{tokens.Admin}}

// holderOf returns who sends the token: the journal names her "API token #NAME", as no editor can be called.
func holderOf(t tokens.Token) Editor {
	e := Editor{Name: holderName, Mark: t.Name}
	if t.Has(tokens.Admin) {
		e.Role = RoleAdmin
	}
	return e
}

// bearer returns the token that the request carries, or "".
func bearer(r *http.Request) string {
	scheme, given, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return given
}

// TokenOf returns the token that the request carries. Errors: ErrUnauthorized, ErrTokenEnded, ErrTokenRevoked, and
// those of the store.
//
// The store looks the token up by its SHA-256 at each request, so that one which is revoked is refused from the next
// request on, on every replica. How long that takes depends on the hash of what was sent, which tells nothing about any
// token: a token is 256 random bits, and nobody can choose the beginning of a hash.
func (g *Guard) TokenOf(r *http.Request) (tokens.Token, error) {
	given := bearer(r)
	if g.IsToken(given) {
		return first, nil
	}
	if g.Tokens == nil || !tokens.IsForm(given) {
		return tokens.Token{}, ErrUnauthorized
	}
	t, err := g.Tokens.TokenOf(r.Context(), editors.HashOf(given))
	now := g.Now()
	switch {
	case errors.Is(err, tokens.ErrNone):
		return t, ErrUnauthorized
	case err != nil:
		return t, err
	case !t.Revoked.IsZero():
		return t, ErrTokenRevoked
	case !t.Ends.IsZero() && !now.Before(t.Ends):
		return t, ErrTokenEnded
	}
	g.uses.begin(r.Context(), g.Tokens, t, now)
	return t, nil
}

// Allowed returns the holder of the request's token, if it has the scope, and the site to which it is bound, or "".
// Errors: those of TokenOf, and one of kind fault.Forbidden.
func (g *Guard) Allowed(r *http.Request, need tokens.Scope) (e Editor, site string, err error) {
	t, err := g.TokenOf(r)
	if err != nil {
		return e, "", err
	}
	if !t.Has(need) {
		return e, "", noScope(need)
	}
	if t.Name == "" {
		return Holder, "", nil
	}
	return holderOf(t), t.Site, nil
}

// MayUnveil reports whether the request may see stories under embargo: an editor's request, or one with a token that
// may read stories. If site is not empty, only those of the site.
func (g *Guard) MayUnveil(r *http.Request) (site string, ok bool) {
	if _, site, err := g.Allowed(r, tokens.ReadArticles); err == nil {
		return site, true
	}
	_, ok = g.Editor(r)
	return "", ok
}

// usedEvery is how often it is remembered that a token is in use.
const usedEvery = time.Minute

// useTime is how long that may take.
const useTime = 5 * time.Second

// uses remembers, beside the requests, when tokens were used last.
type uses struct {
	mu      sync.Mutex
	began   map[string]time.Time // by ID, when this process wrote last; tokens are few
	writing sync.WaitGroup
}

// begin begins to write a use down, unless that was done a moment ago. No request waits for it, or fails with it.
func (u *uses) begin(ctx context.Context, store Tokens, t tokens.Token, now time.Time) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if now.Sub(t.Used) < usedEvery || now.Sub(u.began[t.ID]) < usedEvery {
		return
	}
	if u.began == nil {
		u.began = map[string]time.Time{}
	}
	u.began[t.ID] = now
	u.writing.Go(func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), useTime)
		defer cancel()
		_ = store.UseToken(ctx, t.ID, now)
	})
}

type siteKey struct{}

// OfSite returns a context of a request that may only write and read stories of the site; empty: of all.
func OfSite(ctx context.Context, site string) context.Context {
	return context.WithValue(ctx, siteKey{}, site)
}

// SiteOf returns the site of OfSite.
func SiteOf(ctx context.Context) string {
	site, _ := ctx.Value(siteKey{}).(string)
	return site
}
