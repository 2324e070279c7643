// Package openid signs editors in at a provider of OpenID Connect, by the authorization code flow with PKCE.
//
// # Security considerations
//
// The code and the state come back in an address that anyone can make a browser open. Begin makes a state, a nonce and
// a verifier that the browser keeps in a cookie; Finish takes a code only with that state, so that nobody is signed in
// as somebody else by a link (login CSRF). The nonce binds the ID token to the browser, and the verifier binds the code
// to it: a code that was seen on the way is of no use elsewhere. The provider takes each code once. What the token says
// is believed only if it is signed with a key of the provider, for this client, and in time; go-oidc checks that. Who
// may enter is a list of the operator's: a public provider knows everybody. The secret of the client goes to the
// provider alone, by a way that leads nowhere else (fetch.Named).
package openid

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
	"golang.org/x/sync/singleflight"

	"newsroom.example/cards/internal/editors"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/fetch"
)

// Config configures a Provider.
type Config struct {
	Issuer, ClientID, ClientSecret string
	Redirect                       string   // the URL of this service to which the provider sends people back
	Scopes                         []string // in addition to openid, profile and email
	Groups                         string   // the claim that lists groups
	Rules                          []Rule   // who may enter
	Way                            *fetch.Named
	Now                            func() time.Time
}

// Provider is a provider of OpenID Connect. It is safe for concurrent use.
type Provider struct {
	Config
	known   atomic.Pointer[oidc.Provider] // nil: not asked yet
	finding singleflight.Group
}

// New returns a Provider. It is asked for its configuration when somebody signs in first, so that the service starts
// without it.
func New(c Config) *Provider { return &Provider{Config: c} }

// Host returns the host by which people know the provider.
func (p *Provider) Host() string {
	u, err := url.Parse(p.Issuer)
	if err != nil {
		return p.Issuer
	}
	return u.Host
}

// Errors of a sign-in. ErrUnavailable is also that of a provider that refuses this client.
var (
	ErrUnavailable = fault.Public(fault.Unavailable, "the OpenID provider", "the sign-in provider cannot be used now; "+
		"try again shortly")
	// ErrNotBegun says that a sign-in was not begun in this browser, took too long, or was finished before.
	ErrNotBegun = errors.New("the sign-in was not begun in this browser")
	// ErrRefused says that the provider did not sign anybody in, or that what it says is not believed.
	ErrRefused = errors.New("the provider has signed nobody in")
)

// Flow is a sign-in that was begun. The browser keeps it, so that nobody else can finish it.
type Flow struct {
	State, Nonce, Verifier string
}

// Begin begins a sign-in. It returns the address to which the browser is sent.
func (p *Provider) Begin(ctx context.Context) (address string, f Flow, err error) {
	found, err := p.find(ctx)
	if err != nil {
		return "", f, err
	}
	f.State, _ = editors.NewSecret()
	f.Nonce, _ = editors.NewSecret()
	f.Verifier = oauth2.GenerateVerifier()
	return p.oauth(found).AuthCodeURL(f.State, oidc.Nonce(f.Nonce), oauth2.S256ChallengeOption(f.Verifier)), f, nil
}

// Finish finishes a sign-in with the query with which the browser has come back. Errors: ErrNotBegun, ErrRefused,
// ErrDenied and ErrUnavailable.
func (p *Provider) Finish(ctx context.Context, f Flow, q url.Values) (e editors.Editor, err error) {
	if f.State == "" || subtle.ConstantTimeCompare([]byte(q.Get("state")), []byte(f.State)) != 1 {
		return e, ErrNotBegun
	}
	if iss := q.Get("iss"); iss != "" && iss != p.Issuer { // RFC 9207
		return e, fmt.Errorf("%w: the answer is of another issuer", ErrRefused)
	}
	if code := q.Get("error"); code != "" {
		return e, fmt.Errorf("%w: %.64q", ErrRefused, code)
	}
	found, err := p.find(ctx)
	if err != nil {
		return e, err
	}
	ctx = oidc.ClientContext(ctx, p.Way.Client())
	token, err := p.oauth(found).Exchange(ctx, q.Get("code"), oauth2.VerifierOption(f.Verifier))
	if err != nil {
		return e, exchangeError(err)
	}
	c, err := p.claims(ctx, found, token, f.Nonce)
	if err != nil {
		return e, err
	}
	role, err := roleOf(p.Rules, c)
	return editors.Outside(c.name, p.Issuer+" "+c.subject, role), err
}

// claims returns what the provider says of who has signed in.
func (p *Provider) claims(
	ctx context.Context, found *oidc.Provider, token *oauth2.Token, nonce string,
) (c claims, err error) {
	raw, _ := token.Extra("id_token").(string)
	id, err := found.Verifier(&oidc.Config{ClientID: p.ClientID, Now: p.Now}).Verify(ctx, raw)
	if err != nil {
		return c, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	if nonce == "" || subtle.ConstantTimeCompare([]byte(id.Nonce), []byte(nonce)) != 1 {
		return c, fmt.Errorf("%w: the nonce is another", ErrRefused)
	}
	var said, more map[string]json.RawMessage
	if err := id.Claims(&said); err != nil {
		return c, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	if found.UserInfoEndpoint() != "" {
		info, err := found.UserInfo(ctx, oauth2.StaticTokenSource(token))
		if err != nil {
			return c, fmt.Errorf("%w: userinfo: %w", ErrUnavailable, err)
		}
		if info.Subject != id.Subject { // OpenID Connect Core, 5.3.2
			return c, fmt.Errorf("%w: userinfo is of somebody else", ErrRefused)
		}
		if err := info.Claims(&more); err != nil {
			return c, fmt.Errorf("%w: userinfo: %w", ErrRefused, err)
		}
	}
	return claimsOf(id.Subject, p.Groups, said, more), nil
}

// exchangeError returns the error of a code that was not exchanged. It never has what the provider has sent, which may
// repeat the request with its secrets.
func exchangeError(err error) error {
	if refused, ok := errors.AsType[*oauth2.RetrieveError](err); ok {
		if refused.ErrorCode == "invalid_grant" { // the code was used, is too old, or is of another browser
			return fmt.Errorf("%w: invalid_grant", ErrRefused)
		}
		return fmt.Errorf("%w: token endpoint: status %d, %.64q", ErrUnavailable, refused.Response.StatusCode, refused.ErrorCode)
	}
	return fmt.Errorf("%w: %w", ErrUnavailable, err)
}

// oauth returns the client of the provider.
func (p *Provider) oauth(found *oidc.Provider) *oauth2.Config {
	return &oauth2.Config{ClientID: p.ClientID, ClientSecret: p.ClientSecret, Endpoint: found.Endpoint(),
		RedirectURL: p.Redirect, Scopes: append([]string{oidc.ScopeOpenID, "profile", "email"}, p.Scopes...)}
}

// find returns the configuration of the provider, which is asked for once. Requests that come meanwhile share the
// question; one that fails is asked again by the next.
func (p *Provider) find(ctx context.Context) (*oidc.Provider, error) {
	if found := p.known.Load(); found != nil {
		return found, nil
	}
	// The keys are fetched in this context too, long after the request.
	lasting := oidc.ClientContext(context.WithoutCancel(ctx), p.Way.Client())
	done := p.finding.DoChan("", func() (any, error) {
		found, err := oidc.NewProvider(lasting, p.Issuer)
		if err == nil {
			p.known.Store(found)
		}
		return found, err
	})
	select {
	case got := <-done:
		if got.Err != nil {
			return nil, fmt.Errorf("%w: configuration: %w", ErrUnavailable, got.Err)
		}
		return got.Val.(*oidc.Provider), nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
