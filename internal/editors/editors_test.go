package editors

import (
	"slices"
	"testing"
)

// TestRoles: each role may do what those before it may, and no role may do nothing.
func TestRoles(t *testing.T) {
	if got := Roles(); !slices.Equal(got, []string{"viewer", "editor", "admin"}) {
		t.Errorf("roles %q", got)
	}
	all := []Role{0, Viewer, Writer, Admin}
	for i, has := range all {
		for j, need := range all {
			if got := (Editor{Role: has}).Can(need); got != (need != 0 && i >= j) {
				t.Errorf("%s may do what needs %s: %t", has, need, got)
			}
		}
		var back Role
		text, _ := has.MarshalText()
		if err := back.UnmarshalText(text); (err == nil) != (has != 0) || back != has {
			t.Errorf("%s is read as %s, %v", has, back, err)
		}
	}
	for _, name := range []string{"", "none", "Editor", "root"} {
		if r := Role(0); r.UnmarshalText([]byte(name)) == nil {
			t.Errorf("%q is the role %s", name, r)
		}
	}
	if Role(200).String() != "none" || (Editor{Role: 200}).Can(0) {
		t.Error("an unknown role is one")
	}
}

// TestWho: two editors of one name, which another system gives, are two in the journal.
func TestWho(t *testing.T) {
	for want, e := range map[string]Editor{
		"Ann": {Name: "Ann"}, "Ann #1f": {Name: "Ann", Mark: "1f"}, "Ann #2e": {Name: "Ann", Mark: "2e"},
	} {
		if e.Who() != want {
			t.Errorf("%+v is %q", e, e.Who())
		}
	}
}
