package app

import (
	"net/textproto"
	"net/url"
	"slices"
	"strings"

	"newsroom.example/cards/handlers"
	"newsroom.example/cards/handlers/access"
	"newsroom.example/cards/handlers/studio"
	"newsroom.example/cards/internal/editors"
	"newsroom.example/cards/internal/fetch"
	"newsroom.example/cards/internal/lazyregexp"
	"newsroom.example/cards/internal/openid"
)

// SignIn says how editors sign in, beside the API token and personal links. The zero value adds nothing.
type SignIn struct {
	Issuer, ClientID, ClientSecret string   // of a provider of OpenID Connect
	Allow                          []string // who of its people may enter; openid.ParseRule
	Scopes                         []string // asked for in addition to openid, profile and email
	Groups                         string   // the claim that lists groups

	Header, RoleHeader string       // by which a proxy says who has signed in, and with which role; empty: it does not
	HeaderRole         editors.Role // of those for whom the proxy sends no role
}

// tokenForm is the form of a header's name (RFC 9110, 5.6.2).
var tokenForm = lazyregexp.New("^[A-Za-z0-9!#$%&'*+.^_`|~-]+$")

// notForNames are headers that are about something else than who has signed in.
var notForNames = []string{"Authorization", "Cookie", "Host", "X-Forwarded-For", "X-Forwarded-Host",
	"X-Forwarded-Proto", "Forwarded", "Origin", "Referer", "User-Agent"}

// validate checks the settings of sign-ins. proxies reports whether there are trusted proxies.
func (s SignIn) validate(proxies bool) error {
	if err := s.validateHeaders(proxies); err != nil {
		return err
	}
	if s.Issuer == "" {
		switch {
		case s.ClientID != "":
			return settingf("oidc-client-id", "is of no use without --oidc-issuer")
		case len(s.Allow) > 0:
			return settingf("oidc-allow", "is of no use without --oidc-issuer")
		}
		return nil
	}
	u, err := url.Parse(s.Issuer)
	switch {
	case err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "":
		return settingf("oidc-issuer", "%q must be the https URL of a provider, as it names itself", s.Issuer)
	case u.Scheme != "https" && !(u.Scheme == "http" && isLoopbackURL(s.Issuer)):
		return settingf("oidc-issuer", "%q must be an https URL: over http anyone on the way could sign in", s.Issuer)
	case s.ClientID == "":
		return settingf("oidc-client-id", "is required with --oidc-issuer: register the service at the provider")
	case len(s.Allow) == 0:
		return settingf("oidc-allow", "is required with --oidc-issuer: say who may enter, such as @paper.example or group:desk; "+
			"* lets everybody in whom the provider knows")
	}
	_, err = s.rules()
	return err
}

func (s SignIn) validateHeaders(proxies bool) error {
	for _, h := range []struct{ setting, name string }{{"auth-header", s.Header}, {"auth-role-header", s.RoleHeader}} {
		name := textproto.CanonicalMIMEHeaderKey(h.name)
		if h.name != "" && (!tokenForm().MatchString(h.name) || slices.Contains(notForNames, name) || strings.HasPrefix(name, "Sec-")) {
			return settingf(h.setting, "%q cannot be the name of a header for this", h.name)
		}
	}
	switch {
	case s.Header != "" && !proxies:
		return settingf("auth-header", "needs --trusted-proxy: only that proxy's header says who has signed in")
	case s.RoleHeader != "" && s.Header == "":
		return settingf("auth-role-header", "is of no use without --auth-header")
	case s.Header != "" && strings.EqualFold(s.Header, s.RoleHeader):
		return settingf("auth-role-header", "must not be --auth-header")
	}
	return nil
}

// rules returns who may enter.
func (s SignIn) rules() (all []openid.Rule, err error) {
	for _, text := range s.Allow {
		r, err := openid.ParseRule(text)
		if err != nil {
			return nil, settingf("oidc-allow", "%v", err)
		}
		all = append(all, r)
	}
	return all, nil
}

// addSignIn adds the ways to sign in to what the handlers depend on.
func (a *App) addSignIn(c Config, fetcher *fetch.Client, deps *handlers.Deps) error {
	s := c.SignIn
	if s.Header != "" {
		deps.Header = &access.Header{Name: s.Header, Role: s.RoleHeader, Default: s.HeaderRole, Proxies: c.TrustedProxies}
	}
	if s.Issuer == "" {
		return nil
	}
	rules, err := s.rules()
	if err != nil {
		return err
	}
	way, err := fetcher.Named(s.Issuer)
	if err != nil {
		return settingf("oidc-issuer", "%v", err)
	}
	a.onClose(func() error { way.Close(); return nil })
	deps.Provider = openid.New(openid.Config{
		Issuer: s.Issuer, ClientID: s.ClientID, ClientSecret: s.ClientSecret, Redirect: a.URL + studio.CallbackPath,
		Scopes: s.Scopes, Groups: s.Groups, Rules: rules, Way: way, Now: deps.Now,
	})
	id := []string{s.Issuer, s.ClientID, s.Groups}
	for _, r := range rules {
		id = append(id, r.String())
	}
	deps.ProviderID = strings.Join(id, "\n")
	return nil
}
