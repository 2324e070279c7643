package render

import (
	"cmp"
	"slices"
	"strings"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/design"
)

// holds reports whether a condition of a template is true.
func (l *layout) holds(name string) bool {
	switch ratio := float64(l.plan.Width) / float64(l.plan.Height); name {
	case "wide":
		return ratio > 1.3
	case "tall":
		return ratio < 0.8
	case "square":
		return ratio <= 1.3 && ratio >= 0.8
	case "photo":
		return l.photo != nil
	case design.WithPortrait:
		return l.portrait != nil
	case "rtl":
		return l.rtl
	case "bare":
		return l.way.bare
	case "instead":
		return l.way.instead
	case "og", "twitter", "kakao", "portrait", "story":
		return l.card.Size.String() == name
	case "logo", "badge", "kicker":
		return l.has(name) && !l.absent[name]
	}
	if slices.Contains(card.Kinds, name) || slices.Contains(card.Badges, name) {
		return l.card.Badge == name || cmp.Or(l.card.Kind, card.Kinds[0]) == name
	}
	if code, ok := strings.CutPrefix(name, "lang."); ok {
		said, _, _ := strings.Cut(l.language(), "-")
		return said == code
	}
	p := l.words(name)
	return p.Text != "" && !l.absent[name] || p.Tail != ""
}
