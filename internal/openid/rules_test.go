package openid

import (
	"encoding/json"
	"errors"
	"testing"

	"newsroom.example/cards/internal/editors"
)

func TestParseRule(t *testing.T) {
	for text, want := range map[string]string{
		"@paper.example": "editor=@paper.example", "viewer=@Paper.Example": "viewer=@paper.example", "admin=group:Chiefs": "admin=group:Chiefs",
		"Ann@paper.example": "editor=ann@paper.example", "*": "editor=*", "viewer=*": "viewer=*", "group:a=b": "", "editor=group:a=b": "editor=group:a=b",
		"": "", "@": "", "ann": "", "group:": "", "root=@paper.example": "", "a@b@c": "", "paper.example": "", "ann@": "", "a b@c": "", "editor=": "", "**": "",
		"viewer=editor=@a.example": "",
	} {
		r, err := ParseRule(text)
		if (err == nil) != (want != "") || err == nil && r.String() != want {
			t.Errorf("%q: %s, %v", text, r, err)
		}
		if again, err := ParseRule(r.String()); want != "" && (err != nil || again != r) {
			t.Errorf("%q is read back as %+v, %v", text, again, err)
		}
	}
}

// TestRoleOf: the rule that may do the most counts, addresses count only if they are verified, and domains as a whole.
func TestRoleOf(t *testing.T) {
	rules := func(texts ...string) (all []Rule) {
		for _, text := range texts {
			r, err := ParseRule(text)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, r)
		}
		return all
	}
	desk := rules("viewer=@paper.example", "editor=group:desk", "admin=ann@paper.example")
	for _, tt := range []struct {
		why   string
		rules []Rule
		c     claims
		want  editors.Role
	}{
		{"the domain", desk, claims{email: "ben@PAPER.example", verified: true}, editors.Viewer},
		{"not verified", desk, claims{email: "ben@paper.example"}, 0},
		{"a domain below it", desk, claims{email: "ben@evil.paper.example", verified: true}, 0},
		{"a domain that ends so", desk, claims{email: "ben@evilpaper.example", verified: true}, 0},
		{"another @", desk, claims{email: "ben@evil.example@paper.example", verified: true}, editors.Viewer},
		{"no name", desk, claims{email: "@paper.example", verified: true}, 0},
		{"the group", desk, claims{groups: []string{"a", "desk"}}, editors.Writer},
		{"another group", desk, claims{groups: []string{"Desk"}}, 0},
		{"the group and the domain", desk, claims{email: "ben@paper.example", verified: true, groups: []string{"desk"}}, editors.Writer},
		{"the address", desk, claims{email: "Ann@paper.example", verified: true}, editors.Admin},
		{"nobody", desk, claims{}, 0},
		{"everybody", rules("viewer=*"), claims{}, editors.Viewer},
		{"no rules", nil, claims{email: "ann@paper.example", verified: true, groups: []string{"desk"}}, 0},
	} {
		got, err := roleOf(tt.rules, tt.c)
		if got != tt.want || (got == 0) != errors.Is(err, ErrDenied) {
			t.Errorf("%s: %s, %v", tt.why, got, err)
		}
	}
}

// TestClaims: what the token lacks comes from the userinfo, an address never with the verification of another, and
// claims of another type are missing.
func TestClaims(t *testing.T) {
	read := func(text string) (m map[string]json.RawMessage) {
		if err := json.Unmarshal([]byte(text), &m); err != nil {
			t.Fatal(err)
		}
		return m
	}
	for _, tt := range []struct{ token, info, name, email, groups string }{
		{`{"name":"Ann","email":"a@x","email_verified":true,"roles":["a","b"]}`, `{}`, "Ann", "a@x true", `["a","b"]`},
		{`{}`, `{"preferred_username":"ann","email":"a@x","email_verified":"true","roles":"a"}`, "ann", "a@x true", `["a"]`},
		{`{"email":"a@x"}`, `{"email":"b@x","email_verified":true}`, "a@x", "a@x false", `null`},
		{`{"email":"a@x","email_verified":1,"roles":[1]}`, `{"roles":{}}`, "a@x", "a@x false", `null`},
		{`{"name":["Ann"],"email":{},"roles":null}`, `null`, "", " false", `null`},
	} {
		c := claimsOf("1", "roles", read(tt.token), read(tt.info))
		groups, _ := json.Marshal(c.groups)
		verified := map[bool]string{true: " true", false: " false"}[c.verified]
		if c.name != tt.name || c.email+verified != tt.email || string(groups) != tt.groups {
			t.Errorf("%s and %s: %+v, groups %s", tt.token, tt.info, c, groups)
		}
	}
}
