package render

import (
	"image/color"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/design"
)

// way is one of the possible ways to show a photo on a card.
type way struct {
	name     string // one of the names below
	template *design.Template
	bare     bool         // text stays off the photo as far as the template can
	framing  int          // one of the framings below
	base     int          // what the way costs by itself; see Cost
	final    bool         // its scrim may be of any strength, because the template has no way with less text on the photo
	ground   *color.NRGBA // of a graphic
}

// The names of the ways, in Plan.Way.
const (
	wayOwn     = "own"       // the card's template, text on the photo where the template has it
	wayShaped  = "shaped"    // likewise with text next to the photo, whose area takes its shape
	wayOther   = "otherwise" // the template for photos that do not suit the first one
	wayBeside  = "beside"    // text next to the photo
	wayStrip   = "strip"     // text next to the photo, whose area takes the photo's shape as far as the template lets it
	wayField   = "field"     // the whole photo on a ground, text next to it
	wayGraphic = "graphic"   // the whole picture on its own ground, text next to it
)

// The framings of a photo in its area.
const (
	filled = iota // it fills the area, and what does not fit is cropped
	shaped        // the same, in an area that has moved its inner edge to the shape of the photo
	whole         // it is shown whole in such an area, with space around it
)

// What the ways cost by themselves, if the card's template is another one than that of the way. The text beside the
// photo makes the photo smaller; a field besides shows less of it.
const (
	otherBase  = 180
	besideBase = 20  // more than the way with the same template
	stripBase  = 60  // likewise
	fieldBase  = 200 // likewise, and see emptyCost and blurCost
)

// ways returns the ways to show a photo, the cheapest by itself first.
func (l look) ways(c card.Card) []way {
	base, name := 0, wayOwn
	var all []way
	if l.template != l.otherwise {
		all = append(all, way{name: wayOwn, template: l.template, final: c.Template != ""})
		if l.template.Yields() {
			all = append(all, way{name: wayShaped, template: l.template, bare: true, framing: shaped, base: stripBase})
		}
		base, name = otherBase, wayOther
	}
	t := l.otherwise
	all = append(all, way{name: name, template: t, base: base},
		way{name: wayBeside, template: t, bare: true, base: base + besideBase, final: true})
	if t.Yields() {
		all = append(all, way{name: wayStrip, template: t, bare: true, framing: shaped, base: base + stripBase, final: true})
	}
	return append(all, way{name: wayField, template: t, bare: true, framing: whole, base: base + fieldBase, final: true})
}

// graphic returns the way to show a graphic on the ground.
func (l look) graphic(ground color.NRGBA) way {
	return way{name: wayGraphic, template: l.otherwise, bare: true, framing: whole, final: true, ground: &ground}
}
