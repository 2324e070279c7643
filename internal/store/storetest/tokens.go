package storetest

import (
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/internal/editors"
	"newsroom.example/cards/internal/journal"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/tokens"
)

// apiTokens: a token is found by its hash alone, on every process, used and revoked, and what is made and revoked is
// entered without a part of its secret.
func apiTokens(t *testing.T, open Opener) {
	both := open(t, 0)
	s, other := both(), both()
	want, secret := tokens.New("cms", []tokens.Scope{tokens.WriteArticles, tokens.ReadStats}, noon)
	want.Site, want.Ends = "Daily", noon.Add(time.Hour)
	wants(t, "a token is added", s.AddToken(doing(t, journal.Operator, journal.CreateToken), want), nil)
	got, err := other.TokenOf(t.Context(), editors.HashOf(secret))
	wants(t, "its secret", err, nil)
	same(t, want, got)
	for _, wrong := range []editors.Hash{"", editors.Hash(secret), editors.HashOf(secret + "x"), editors.Hash(want.ID)} {
		_, err := other.TokenOf(t.Context(), wrong)
		wants(t, string(wrong), err, tokens.ErrNone)
	}
	for _, at := range []time.Time{noon.Add(time.Minute), noon} { // an older use does not count
		wants(t, "a use", other.UseToken(t.Context(), want.ID, at), nil)
	}
	want.Used = noon.Add(time.Minute)
	got, err = s.TokenOf(t.Context(), want.Hash)
	wants(t, "after a use", err, nil)
	same(t, want, got)

	want.Revoked = noon.Add(2 * time.Minute)
	got, err = s.RevokeToken(doing(t, journal.Operator, journal.RevokeToken), want.ID, want.Revoked)
	wants(t, "revoked", err, nil)
	same(t, want, got)
	got, err = other.TokenOf(t.Context(), want.Hash)
	wants(t, "a revoked token", err, nil)
	same(t, want, got)
	_, err = s.RevokeToken(t.Context(), want.ID, noon)
	wants(t, "revoked again", err, tokens.ErrUnknown)
	said := entered(t, other)
	same(t, "operator token.revoke   0 cms, articles:write,stats:read, site Daily\noperator token.create   0 cms, articles:write,stats:read, site Daily", said)
	if strings.Contains(said, secret) || strings.Contains(said, string(want.Hash)) || strings.Contains(said, want.ID) {
		t.Error("the journal has a part of the secret or the hash")
	}
}

// tokenNames: one token in use has a name, and it comes before an ID. A revoked one leaves its name.
func tokenNames(t *testing.T, open Opener) {
	s := open(t, 0)()
	add := func(name string, at time.Time) (tokens.Token, error) {
		one, _ := tokens.New(name, []tokens.Scope{tokens.ReadStats}, at)
		return one, s.AddToken(t.Context(), one)
	}
	first, err := add("cms", noon)
	wants(t, "the first", err, nil)
	_, err = add("cms", noon)
	wants(t, "another of the name", err, tokens.ErrTaken)
	named, err := add(first.ID, noon.Add(time.Second))
	wants(t, "one with an ID for its name", err, nil)
	got, err := s.RevokeToken(t.Context(), first.ID, noon)
	wants(t, "by name", err, nil)
	same(t, named.ID, got.ID)
	got, err = s.RevokeToken(t.Context(), "cms", noon)
	wants(t, "the first is revoked", err, nil)
	same(t, first.ID, got.ID)
	_, err = add("cms", noon.Add(time.Minute))
	wants(t, "the name again", err, nil)
	all, err := s.Tokens(t.Context())
	wants(t, "the list", err, nil)
	same(t, "cms "+first.ID+" cms", names(all))
}

func names(all []tokens.Token) string {
	var list []string
	for _, one := range all {
		list = append(list, one.Name)
	}
	return strings.Join(list, " ")
}

var _ tokens.Store = store.Store(nil)
