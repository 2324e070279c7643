package render

import (
	"slices"

	"newsroom.example/cards/internal/design"
)

// leftOut returns the public names of the texts that the template has a place for, but that the card does not show for
// lack of room, in the order in which they are dropped. Spare text is not among them.
func (l *layout) leftOut() (names []string) {
	if len(l.absent)+len(l.narrow) == 0 {
		return nil
	}
	shown := shownTexts(l.plan.Ops)
	for _, role := range sacrifices {
		name := roleOf(role)
		if role == "speaker" && l.card.Caption == "" {
			name = "byline"
		}
		if shown[name] || slices.Contains(names, name) || !l.absent[role] && !l.narrow[role] {
			continue
		}
		if l.hasText(role) && l.asksFor(role) {
			names = append(names, name)
		}
	}
	return names
}

// shownTexts returns the roles of the texts that a plan shows.
func shownTexts(ops []Op) map[string]bool {
	shown := map[string]bool{}
	for _, op := range ops {
		run, ok := op.(Run)
		if !ok {
			continue
		}
		for _, line := range run.Block.Lines {
			for _, f := range line.Fragments {
				if f.Tail {
					shown["credit"] = true
				} else {
					shown[run.Role] = true
				}
			}
		}
	}
	return shown
}

// hasText reports whether the card has a text of the role. A date alone is not a text that is missed, and a
// logo stands for the publication's name.
func (l *layout) hasText(role string) bool {
	withoutPhoto := l.photo == nil && l.card.Photo.URL != ""
	switch role {
	case "caption":
		return l.card.Caption != "" && !withoutPhoto
	case "credit":
		return l.card.Credit != "" && !withoutPhoto
	case "kicker":
		return l.card.Kicker != ""
	case "badge":
		return l.card.Badge != ""
	case "site":
		return l.card.Site != "" && !l.holds("logo")
	case "date", "mark", "logo":
		return false
	}
	return l.role(role) != ""
}

// asksFor reports whether an item of the template shows the role, and is not spare.
func (l *layout) asksFor(role string) bool {
	for _, s := range l.template.Stacks {
		for i := range s.Items {
			it := &s.Items[i]
			roles := slices.Concat(design.SplitRoles(it.Text), design.SplitRoles(it.Left), design.SplitRoles(it.Right))
			if it.Label {
				roles = append(roles, "kicker", "badge")
			}
			if slices.Contains(roles, "caption") {
				roles = append(roles, "credit") // its tail
			}
			if !it.Spare && slices.Contains(roles, role) {
				return true
			}
		}
	}
	return false
}
