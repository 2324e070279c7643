package tokens

import (
	"strings"
	"testing"
	"time"
)

// TestNew: a secret has a form of its own, is another each time, and is not in its token.
func TestNew(t *testing.T) {
	seen := map[string]bool{}
	for range 100 {
		token, secret := New("cms", []Scope{ReadStats}, time.Now())
		if !IsForm(secret) || seen[secret] || strings.Contains(string(token.Hash), secret) || strings.Contains(string(token.Hash), token.ID) {
			t.Fatalf("a token of the length %d: %+v", len(secret), token)
		}
		seen[secret] = true
	}
	for _, other := range []string{"", Prefix, "cards_" + strings.Repeat("a", digits-1), "cards_" + strings.Repeat("a", digits-1) + "-",
		"Cards_" + strings.Repeat("a", digits), "cards_" + strings.Repeat("a", digits+1)} {
		if IsForm(other) {
			t.Errorf("%q has the form of a token", other)
		}
	}
}

// TestHas: to write includes to read, admin includes all, and nothing else includes anything.
func TestHas(t *testing.T) {
	for has, may := range map[Scope]string{
		WriteArticles: "articles:write,articles:read", ReadArticles: "articles:read", WritePhotos: "photos:write",
		ReadStats: "stats:read", Admin: Join(Scopes), "": "",
	} {
		var got []Scope
		for _, need := range Scopes {
			if (Token{Scopes: []Scope{has}}).Has(need) {
				got = append(got, need)
			}
		}
		if Join(got) != may {
			t.Errorf("%s may do %s, want %s", has, Join(got), may)
		}
	}
}

// TestParseScopes: scopes are known ones, each once, in one order.
func TestParseScopes(t *testing.T) {
	got, err := ParseScopes([]string{"stats:read", "articles:write", "stats:read"})
	if err != nil || Join(got) != "articles:write,stats:read" {
		t.Errorf("%v, %v", got, err)
	}
	for _, bad := range [][]string{nil, {""}, {"articles"}, {"articles:write", "Admin"}} {
		if got, err := ParseScopes(bad); err == nil {
			t.Errorf("%q: %v", bad, got)
		}
	}
}
