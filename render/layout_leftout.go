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
	if l.narrow["byline"] && l.onlyDate() {
		shown["byline"] = false
	}
	for _, role := range sacrifices {
		name := roleOf(role)
		if shown[name] || slices.Contains(names, name) || !l.absent[role] && !l.narrow[role] {
			continue
		}
		if l.hasText(role) && l.asksFor(role) {
			names = append(names, name)
		}
	}
	return names
}

// onlyDate reports whether the date stands alone where the byline should be before it.
func (l *layout) onlyDate() bool {
	alone := false
	for _, op := range l.plan.Ops {
		if run, ok := op.(Run); ok && run.Role == "byline" && len(run.Block.Lines) == 1 {
			if run.Block.Lines[0].Text != l.role("date") {
				return false
			}
			alone = true
		}
	}
	return alone
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

// hasText reports whether the card has a text of the role that is missed if it is not shown. A date alone is not, and a
// logo stands for the publication's name.
func (l *layout) hasText(role string) bool {
	switch role {
	case "site":
		return l.card.Site != "" && !l.holds("logo")
	case "date", "mark", "logo":
		return false
	}
	return l.has(role)
}

// has reports whether the card has something to show for the role. The caption of a missing photo is not shown.
func (l *layout) has(role string) bool {
	switch role {
	case "caption":
		return l.card.Caption != "" && l.photo != nil
	case "credit":
		return l.card.Credit != "" && l.photo != nil
	case "kicker":
		return l.card.Kicker != ""
	case "badge":
		return l.card.Badge != ""
	case "logo":
		return l.theme.Logo != nil && l.card.Kind != "paid"
	case "mark":
		return true
	}
	return l.role(role) != ""
}

// asksFor reports whether an item of the template shows the role, and is not spare.
func (l *layout) asksFor(role string) bool {
	return slices.ContainsFunc(l.template.Stacks, func(s design.Stack) bool {
		return slices.ContainsFunc(s.Items, func(it design.Item) bool { return !it.Spare && it.Shows(role) })
	})
}

// shows reports whether an item of an area shows the role on this card, and is not spare.
func (l *layout) shows(area, role string) bool {
	return slices.ContainsFunc(l.template.Stacks, func(s design.Stack) bool {
		return s.Area == area && s.When.Holds(l.holds) && slices.ContainsFunc(s.Items, func(it design.Item) bool {
			return !it.Spare && it.When.Holds(l.holds) && it.Shows(role)
		})
	})
}
