package render

import (
	"slices"

	"newsroom.example/cards/internal/design"
)

// fieldOf returns the card's name of what a role shows.
func fieldOf(role string) string {
	switch role {
	case "position":
		return "speaker_role"
	case "quotation":
		return "headline"
	}
	return role
}

// fieldsOf returns the fields of the card that a text of the roles shows; nil if its role names the only one. The first
// that the card has is always shown, others only if they have room.
func (l *layout) fieldsOf(roles string) (fields []string) {
	all := design.SplitRoles(roles)
	if len(all) == 1 && fieldOf(all[0]) == roleOf(roles) {
		return nil
	}
	for _, role := range all {
		has := l.role(role) != "" && !l.absent[role]
		if has && (len(fields) == 0 || !l.narrow[role]) {
			fields = append(fields, fieldOf(role))
		}
	}
	return fields
}

// Shown returns the names of the card's fields whose texts the card shows, at least in part, each once: "headline",
// "date", "speaker_role", "fields.score". A logo shows the field site.
func (p Plan) Shown() (fields []string) {
	add := func(name string) {
		if !slices.Contains(fields, name) {
			fields = append(fields, name)
		}
	}
	texts := shownTexts(p.Ops)
	for _, op := range p.Ops {
		switch op := op.(type) {
		case Logo:
			add("site")
		case Run:
			for _, name := range op.fields {
				add(name)
			}
			if own := op.Role == "mark" || op.Role == "words"; op.fields == nil && !own && texts[op.Role] { // of the template
				add(op.Role)
			}
		}
	}
	if texts["credit"] {
		add("credit")
	}
	return fields
}
