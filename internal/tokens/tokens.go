// Package tokens says which programs may use the API, and what each may do: API tokens with a name, scopes, perhaps a
// site, and an end.
package tokens

import (
	"crypto/rand"
	"encoding/hex"
	"math/big"
	"slices"
	"strings"
	"time"

	"newsroom.example/cards/internal/editors"
	"newsroom.example/cards/internal/fault"
)

// Scope is what a token may do.
type Scope string

// The scopes. A scope to write includes the one to read; Admin includes all.
const (
	WriteArticles Scope = "articles:write"
	ReadArticles  Scope = "articles:read"
	WritePhotos   Scope = "photos:write"
	ReadStats     Scope = "stats:read"
	Admin         Scope = "admin"
)

// Scopes are all scopes, in the order in which they are listed.
var Scopes = []Scope{WriteArticles, ReadArticles, WritePhotos, ReadStats, Admin}

// ParseScopes returns the scopes with the names, each once and in the order of Scopes. The error is the end of a
// sentence.
func ParseScopes(names []string) (all []Scope, err error) {
	for _, name := range names {
		if !slices.Contains(Scopes, Scope(name)) {
			return nil, fault.InField("scope", "must be some of "+join(Scopes, ", "))
		}
	}
	for _, s := range Scopes {
		if slices.Contains(names, string(s)) {
			all = append(all, s)
		}
	}
	if len(all) == 0 {
		return nil, fault.InField("scope", "must be some of "+join(Scopes, ", "))
	}
	return all, nil
}

// Join returns the names of the scopes, separated by commas.
func Join(all []Scope) string { return join(all, ",") }

func join(all []Scope, separator string) string {
	names := make([]string, len(all))
	for i, s := range all {
		names[i] = string(s)
	}
	return strings.Join(names, separator)
}

// Token is an API token. Its secret is nowhere in it.
type Token struct {
	ID     string // 8 hex digits, which have nothing to do with the secret
	Name   string // which no other token that is not revoked has
	Hash   editors.Hash
	Scopes []Scope
	Site   string    // the only one whose stories it may write and read; empty: all
	Made   time.Time // like all times here in UTC, in whole milliseconds
	Ends   time.Time // from then on it is refused; zero: never
	// Used is when it was used last, a minute late at most; zero: never.
	Used    time.Time
	Revoked time.Time // from then on it is refused; zero: it is not
}

// Has reports whether the token may do what needs the scope.
func (t Token) Has(need Scope) bool {
	return slices.Contains(t.Scopes, Admin) || slices.Contains(t.Scopes, need) ||
		need == ReadArticles && slices.Contains(t.Scopes, WriteArticles)
}

// Prefix is how every secret begins, so that scanners of source code can find one that was published.
const Prefix = "cards_"

// Length is the length of a secret. After the prefix come 43 characters of base62, 256 random bits.
const Length = len(Prefix) + digits

const (
	alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	digits   = 43
)

// IsForm reports whether the text can be the secret of a token.
func IsForm(text string) bool {
	rest, ok := strings.CutPrefix(text, Prefix)
	return ok && len(text) == Length && strings.Trim(rest, alphabet) == ""
}

// New returns a token that is made at a time, and its secret, which is kept nowhere.
func New(name string, scopes []Scope, now time.Time) (t Token, secret string) {
	raw := make([]byte, digits)
	for i := range raw {
		n, err := rand.Int(rand.Reader, big.NewInt(int64(len(alphabet))))
		if err != nil { // crypto/rand's reader never fails
			panic(err)
		}
		raw[i] = alphabet[n.Int64()]
	}
	secret = Prefix + string(raw)
	var id [4]byte
	_, _ = rand.Read(id[:]) // never fails (crypto/rand)
	return Token{ID: hex.EncodeToString(id[:]), Name: name, Hash: editors.HashOf(secret), Scopes: scopes,
		Made: now.UTC().Truncate(time.Millisecond)}, secret
}
