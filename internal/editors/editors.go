// Package editors says who the people of a newsroom's studio are, and what each may do.
package editors

import (
	"encoding"
	"fmt"
	"strings"
	"unicode"
)

// Role says what an editor may do. Each role may do what those before it may. The zero value may do nothing.
type Role uint8

// The roles.
const (
	_      Role = iota
	Viewer      // looks at the studio and its cards
	Writer      // also changes what readers see: stories, photos. Its name is "editor"
	Admin       // also sees and changes who else may
)

// roles are the names of the roles.
var roles = [...]string{Viewer: "viewer", Writer: "editor", Admin: "admin"}

// Roles are the names of the roles, as people write them, the one that may do the least first.
func Roles() []string { return roles[Viewer:] }

var _ encoding.TextUnmarshaler = (*Role)(nil)

// String returns the role's name; "none" for the zero value.
func (r Role) String() string {
	if r < Viewer || int(r) >= len(roles) {
		return "none"
	}
	return roles[r]
}

// MarshalText implements encoding.TextMarshaler.
func (r Role) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (r *Role) UnmarshalText(text []byte) error {
	for role, name := range roles {
		if name != "" && name == string(text) {
			*r = Role(role)
			return nil
		}
	}
	return fmt.Errorf("must be one of %s", strings.Join(Roles(), ", "))
}

// Editor is a person or a program that has signed in.
type Editor struct {
	// Name is how the studio addresses her. An editor that the operator has added is the only one of her name.
	Name string
	// Mark tells apart people whose names another system gives; empty: the name alone does.
	Mark string
	Role Role
}

// Who returns how the journal names the editor: no two that can be told apart have the same.
func (e Editor) Who() string {
	if e.Mark == "" {
		return e.Name
	}
	return e.Name + " #" + e.Mark
}

// Outside returns the editor whom another system calls name, and tells from others by id. Of an e-mail address, the
// part before the @ is the name: no addresses are stored.
func Outside(name, id string, role Role) Editor {
	name, _, _ = strings.Cut(name, "@")
	name = strings.Join(strings.FieldsFunc(strings.ToValidUTF8(name, ""), func(r rune) bool {
		return !unicode.IsPrint(r) || r == ' ' || r == '#'
	}), " ")
	if runes := []rune(name); len(runes) > MaxName {
		name = strings.TrimSpace(string(runes[:MaxName]))
	}
	if name == "" {
		name = "Editor"
	}
	return Editor{Name: name, Mark: string(HashOf(id)[:markLength]), Role: role}
}

// markLength is the number of hex digits of a mark: with a thousand editors of one name, two have the same with a
// probability of one in ten thousand.
const markLength = 8

// Can reports whether the editor may do what needs the role.
func (e Editor) Can(need Role) bool { return need != 0 && e.Role >= need }
