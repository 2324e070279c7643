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
	whole    bool         // it is shown whole, with space around it; else it fills its area, cropped
	base     int          // what the way costs by itself; see Cost
	instead  bool         // the template stands in for the card's own
	final    bool         // its scrim may be of any strength, because the template has no way with less text on the photo
	ground   *color.NRGBA // of a graphic
}

// The names of the ways, in Plan.Way.
const (
	wayOwn     = "own"       // the card's template, text on the photo where the template has it
	wayShaped  = "shaped"    // likewise with text next to the photo, whose area may take its shape
	wayOther   = "otherwise" // the template for photos that do not suit the first one
	wayBeside  = "beside"    // text next to the photo
	wayField   = "field"     // the whole photo on a ground, text next to it
	wayGraphic = "graphic"   // the whole picture on its own ground, text next to it
)

// What the ways cost by themselves, if the card's template is another one than that of the way. The text beside the
// photo makes the photo smaller; a field besides shows less of it.
const (
	otherBase  = 180
	besideBase = 20  // more than the way with the same template
	shapedBase = 60  // likewise, in the card's own template
	fieldBase  = 200 // likewise, and see emptyCost and blurCost
)

// ways returns the ways to show a photo, the cheapest by itself first.
func (l look) ways(c card.Card) []way {
	base, name, instead := 0, wayOwn, false
	var all []way
	if l.template != l.otherwise {
		all = append(all, way{name: wayOwn, template: l.template, final: c.Template != ""})
		if l.template.Yields() {
			all = append(all, way{name: wayShaped, template: l.template, bare: true, base: shapedBase})
		}
		base, name, instead = otherBase, wayOther, true
	}
	t := l.otherwise
	from := len(all)
	all = append(all, way{name: name, template: t, base: base},
		way{name: wayBeside, template: t, bare: true, base: base + besideBase, final: true})
	all = append(all, way{name: wayField, template: t, bare: true, whole: true, base: base + fieldBase, final: true})
	for i := range all[from:] {
		all[from+i].instead = instead
	}
	return all
}

// graphic returns the way to show a graphic on the ground.
func (l look) graphic(ground color.NRGBA) way {
	return way{
		name: wayGraphic, template: l.otherwise, instead: l.template != l.otherwise, bare: true, whole: true, final: true,
		ground: &ground,
	}
}
