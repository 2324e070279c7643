package render

import "cards/card"

// template composes a card: it plans, and paints nothing.
type template func(*layout) Plan

// templates maps each name that a card may ask for to its composition. split and quote are
// drawn by the composition nearest to them until theirs is built.
var templates = map[string]struct{ withPhoto, without template }{
	"photo": {photoTemplate, textTemplate},
	"text":  {textTemplate, textTemplate},
	"split": {photoTemplate, textTemplate},
	"quote": {textTemplate, textTemplate},
}

func templateOf(c card.Card, hasPhoto bool) template {
	t := templates[c.TemplateName(hasPhoto)]
	if hasPhoto {
		return t.withPhoto
	}
	return t.without
}
