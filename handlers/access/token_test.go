package access

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/internal/editors"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/tokens"
)

// programs keeps tokens by their hashes.
type programs struct {
	all  map[editors.Hash]tokens.Token
	used []time.Time
	err  error
}

func (p *programs) TokenOf(_ context.Context, hash editors.Hash) (tokens.Token, error) {
	t, ok := p.all[hash]
	if !ok && p.err == nil {
		return t, tokens.ErrNone
	}
	return t, p.err
}

func (p *programs) UseToken(_ context.Context, _ string, at time.Time) error {
	p.used = append(p.used, at)
	return errors.New("the disk is full")
}

// issued returns programs with one token of the scopes, and its secret.
func issued(change func(*tokens.Token), scopes ...tokens.Scope) (*programs, string) {
	t, secret := tokens.New("cms", scopes, now)
	if change != nil {
		change(&t)
	}
	return &programs{all: map[editors.Hash]tokens.Token{t.Hash: t}}, secret
}

func bearing(secret string) *http.Request {
	r := httptest.NewRequest(http.MethodGet, "/v1/articles", nil)
	r.Header.Set("Authorization", "Bearer "+secret)
	return r
}

// TestTokensAreRefused with the reason, if the token was one; no error has a part of the token.
func TestTokensAreRefused(t *testing.T) {
	other := errors.New("the database fails")
	_, stranger := tokens.New("cms", nil, now)
	for why, tt := range map[string]struct {
		change func(*tokens.Token)
		send   string // empty: the token
		fails  error
		want   error
	}{
		"valid":              {},
		"in its last moment": {change: func(t *tokens.Token) { t.Ends = now.Add(time.Millisecond) }},
		"at its end":         {change: func(t *tokens.Token) { t.Ends = now }, want: ErrTokenEnded},
		"revoked":            {change: func(t *tokens.Token) { t.Revoked = now }, want: ErrTokenRevoked},
		"unknown":            {send: stranger, want: ErrUnauthorized},
		"of another form":    {send: "cards_short", fails: other, want: ErrUnauthorized},
		"none":               {send: " ", want: ErrUnauthorized},
		"not to be told now": {fails: other, want: other},
	} {
		p, secret := issued(tt.change, tokens.ReadArticles)
		p.err = tt.fails
		at := now
		g := guardAt("https://cards.example", newMemory(), &at, func(c *Config) { c.Tokens = p })
		if tt.send != "" {
			secret = tt.send
		}
		_, _, err := g.Allowed(bearing(secret), tokens.ReadArticles)
		if !errors.Is(err, tt.want) || err != nil && len(secret) > 20 && strings.Contains(err.Error()+fault.MessageOf(err), secret[6:]) {
			t.Errorf("%s: %v", why, err)
		}
		g.uses.writing.Wait()
	}
}

// TestScopes: a token may do what its scopes say, and the error names what is missing. In the studio only admin counts.
func TestScopes(t *testing.T) {
	at := now
	for _, has := range tokens.Scopes {
		p, secret := issued(nil, has)
		g := guardAt("https://cards.example", newMemory(), &at, func(c *Config) { c.Tokens = p })
		for _, need := range tokens.Scopes {
			e, _, err := g.Allowed(bearing(secret), need)
			may := (tokens.Token{Scopes: []tokens.Scope{has}}).Has(need)
			if may != (err == nil) || err == nil && e.Who() != "API token #cms" {
				t.Errorf("%s for %s: %v, %v", has, need, e, err)
			}
			if err != nil && (fault.KindOf(err) != fault.Forbidden || !strings.Contains(fault.MessageOf(err), string(need))) {
				t.Errorf("%s for %s: %v", has, need, err)
			}
		}
		e, err := g.Who(bearing(secret))
		if admin := has == tokens.Admin; admin != (err == nil) || admin != e.Can(RoleAdmin) {
			t.Errorf("%s in the studio: %v, %v", has, e, err)
		}
		g.uses.writing.Wait()
	}
	p, secret := issued(func(t *tokens.Token) { t.Site = "Daily" }, tokens.Admin)
	g := guardAt("https://cards.example", newMemory(), &at, func(c *Config) { c.Tokens = p })
	if e, err := g.Who(bearing(secret)); err == nil {
		t.Errorf("a token of one site is %v in the studio", e)
	}
	g.uses.writing.Wait()
}

// TestLastUse is written once a minute at most, and no request fails with it.
func TestLastUse(t *testing.T) {
	p, secret := issued(nil, tokens.ReadArticles)
	at := now
	g := guardAt("https://cards.example", newMemory(), &at, func(c *Config) { c.Tokens = p })
	for ; at.Before(now.Add(2 * time.Minute)); at = at.Add(10 * time.Second) {
		if _, err := g.TokenOf(bearing(secret)); err != nil {
			t.Fatal(err)
		}
		g.uses.writing.Wait()
	}
	if len(p.used) != 2 || !p.used[1].Equal(now.Add(time.Minute)) {
		t.Errorf("written at %v", p.used)
	}
}
