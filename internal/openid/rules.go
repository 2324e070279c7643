package openid

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"newsroom.example/cards/internal/editors"
)

// Rule says who of the people of a provider may enter, with which role.
type Rule struct {
	Role  editors.Role
	Email string // in lower case: an address; with a leading @, all of a domain; empty: the rule is of a group
	Group string // empty: the rule is of an address
	All   bool   // everybody whom the provider knows
}

// ParseRule reads a rule of the form [ROLE=]WHO, in which WHO is an e-mail address, @DOMAIN, group:NAME, or * for
// everybody whom the provider knows. Without a role it is that of an editor.
func ParseRule(text string) (r Rule, err error) {
	r.Role = editors.Writer
	who := text
	if role, rest, found := strings.Cut(text, "="); found {
		if err := r.Role.UnmarshalText([]byte(role)); err != nil {
			return r, fmt.Errorf("%q: the role %w", text, err)
		}
		who = rest
	}
	group, isGroup := strings.CutPrefix(who, "group:")
	switch {
	case who == "*":
		r.All = true
	case isGroup && group != "":
		r.Group = group
	case strings.Count(who, "@") == 1 && !strings.HasSuffix(who, "@") && !strings.ContainsAny(who, " :,="):
		r.Email = strings.ToLower(who)
	default:
		return r, fmt.Errorf("%q must be an e-mail address, @DOMAIN, group:NAME or *, which may follow a role and =", text)
	}
	return r, nil
}

// String returns the rule as ParseRule reads it.
func (r Rule) String() string {
	switch {
	case r.All:
		return r.Role.String() + "=*"
	case r.Group != "":
		return r.Role.String() + "=group:" + r.Group
	}
	return r.Role.String() + "=" + r.Email
}

// ErrDenied says that the provider knows who signs in, and no rule lets her enter.
var ErrDenied = errors.New("no rule lets her enter")

// roleOf returns the role of the rules that hold for somebody, the one that may do the most. Error: ErrDenied.
func roleOf(rules []Rule, c claims) (role editors.Role, err error) {
	for _, r := range rules {
		if r.holds(c) {
			role = max(role, r.Role)
		}
	}
	if role == 0 {
		return 0, ErrDenied
	}
	return role, nil
}

// holds reports whether the rule holds. An address counts only if the provider has verified it.
func (r Rule) holds(c claims) bool {
	switch {
	case r.All:
		return true
	case r.Group != "":
		return slices.Contains(c.groups, r.Group)
	case !c.verified:
		return false
	case strings.HasPrefix(r.Email, "@"):
		at := strings.LastIndexByte(c.email, '@')
		return at > 0 && strings.ToLower(c.email[at:]) == r.Email
	}
	return strings.ToLower(c.email) == r.Email
}
