package present

import (
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/share"
)

// Targets returns those of the named targets for which there are links of the post, and the others. If strict is set,
// or if there is a link for none of them, it returns all names, which share.Links then refuses.
func Targets(p share.Post, names []string, strict bool) (targets []string, left []api.LeftOut) {
	targets, missing := p.Available(names)
	if len(missing) > 0 && (strict || len(targets) == 0) {
		return names, nil
	}
	for _, l := range missing {
		left = append(left, api.LeftOut{Target: l.Target, Message: l.Problem})
	}
	return targets, left
}
