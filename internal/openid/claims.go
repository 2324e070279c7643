package openid

import (
	"cmp"
	"encoding/json"
)

// claims are what a provider says of somebody.
type claims struct {
	subject  string
	name     string // as people call her; may be an address
	email    string
	verified bool // the provider knows that the address is hers
	groups   []string
}

// claimsOf reads the claims of an ID token and of the answer of the userinfo endpoint: what the first one lacks is
// taken from the second. groups is the name of the claim that lists groups. Claims of another type than expected are
// taken for missing.
func claimsOf(subject, groups string, all ...map[string]json.RawMessage) (c claims) {
	c.subject = subject
	for _, said := range all {
		text := func(name string) (s string) {
			_ = json.Unmarshal(said[name], &s) // another type leaves it empty
			return s
		}
		c.name = cmp.Or(c.name, text("name"), text("preferred_username"), text("nickname"))
		if c.email == "" { // the two belong together
			c.email, c.verified = text("email"), isTrue(said["email_verified"])
		}
		if c.groups == nil {
			c.groups = listOf(said[groups])
		}
	}
	c.name = cmp.Or(c.name, c.email)
	return c
}

// isTrue reports whether a claim is true. Some providers write it as a text.
func isTrue(raw json.RawMessage) bool {
	s := string(raw)
	return s == "true" || s == `"true"`
}

// listOf returns a claim that is a list of texts, or one text.
func listOf(raw json.RawMessage) (all []string) {
	if json.Unmarshal(raw, &all) == nil {
		return all
	}
	var one string
	if json.Unmarshal(raw, &one) == nil && one != "" {
		return []string{one}
	}
	return nil
}
