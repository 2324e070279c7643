package main

import (
	"newsroom.example/cards/internal/app"
	"newsroom.example/cards/internal/editors"
)

// signInSettings say how editors sign in to the studio, beside the API token and personal links.
type signInSettings struct {
	OIDCIssuer       string   `name:"oidc-issuer" placeholder:"URL" help:"Provider of OpenID Connect at which editors sign in, such as https://accounts.google.com. Register the service there with the redirect URI PUBLIC-URL/sign-in/callback."`
	OIDCClientID     string   `name:"oidc-client-id" placeholder:"ID" help:"ID of this service at the provider."`
	OIDCClientSecret string   `secret:"" name:"oidc-client-secret" placeholder:"SECRET" help:"Secret of this service at the provider; better in CARDS_OIDC_CLIENT_SECRET. Empty for a public client."`
	OIDCAllow        []string `name:"oidc-allow" placeholder:"[ROLE=]WHO" sep:"none" help:"Who may enter, and the role: an e-mail address, @DOMAIN, group:NAME, or * for everybody whom the provider knows; ROLE is viewer, editor (the default) or admin. Repeatable; required with --oidc-issuer."`
	OIDCScope        []string `name:"oidc-scope" placeholder:"SCOPE" help:"Scope to ask for in addition to openid, profile and email, such as groups. Repeatable."`
	OIDCGroups       string   `name:"oidc-groups-claim" default:"groups" placeholder:"CLAIM" help:"Claim that lists the groups of an editor. Default: groups."`

	AuthHeader     string `placeholder:"NAME" help:"Header by which --trusted-proxy says who has signed in, such as X-Forwarded-User. The proxy must remove it from what it is sent."`
	AuthRoleHeader string `placeholder:"NAME" help:"Header by which --trusted-proxy says which role the editor has: viewer, editor or admin."`
	AuthRole       string `default:"editor" enum:"viewer,editor,admin" placeholder:"ROLE" help:"Role of those for whom the proxy sends none. Default: editor."`
}

// config converts the settings, which the service checks.
func (s signInSettings) config() app.SignIn {
	var role editors.Role
	_ = role.UnmarshalText([]byte(s.AuthRole)) // the parser has checked it
	return app.SignIn{
		Issuer: s.OIDCIssuer, ClientID: s.OIDCClientID, ClientSecret: s.OIDCClientSecret,
		Allow: splitEnv(s.OIDCAllow), Scopes: splitEnv(s.OIDCScope), Groups: s.OIDCGroups,
		Header: s.AuthHeader, RoleHeader: s.AuthRoleHeader, HeaderRole: role,
	}
}
