package render

import (
	"image"
	"slices"

	"newsroom.example/cards/internal/design"
)

// compose plans the card: first fills and pictures, then the stacks of each area, and last the crops of the
// pictures, and what they cost.
func (l *layout) compose() (plan Plan, err error) {
	holds := l.holds
	l.moveSeam()
	for _, f := range l.template.Fills {
		if f.When.Holds(holds) {
			l.add(Fill{Rect: l.rect(l.whole(l.area(f.Area))), Color: l.ink(f.Color, 100)})
		}
	}
	for _, p := range l.template.Pictures {
		portrait := p.Show == design.Portrait
		if l.pictureOf(portrait) == nil || !p.When.Holds(holds) {
			continue
		}
		if r := l.rect(l.whole(l.area(p.Area))); p.Shape == "round" {
			l.add(Picture{Rect: squareIn(r), Portrait: portrait, Round: true, Ring: l.ink("quiet", ringOpacity)})
		} else {
			l.picture(r, portrait)
		}
	}
	l.cover()
	var done []string
	for _, s := range l.template.Stacks {
		if !slices.Contains(done, s.Area) {
			done = append(done, s.Area)
			l.composeArea(s.Area)
		}
	}
	l.plan.LeftOut = l.leftOut()
	err = l.show()
	return l.plan, err
}

// ringOpacity is the opacity of the ring around a round picture, in percent.
const ringOpacity = 60

// cover puts paper under everything, unless something covers the whole card.
func (l *layout) cover() {
	whole := image.Rect(0, 0, l.plan.Width, l.plan.Height)
	for _, op := range l.plan.Ops {
		switch op := op.(type) {
		case Fill:
			if op.Rect == whole {
				return
			}
		case Picture:
			if op.Rect == whole {
				return
			}
		}
	}
	l.plan.Ops = slices.Insert(l.plan.Ops, 0, Op(Fill{Rect: whole, Color: l.theme.Paper}))
}

// picture fills a rectangle with the photo or the portrait, with a scrim under text.
func (l *layout) picture(r image.Rectangle, portrait bool) {
	l.add(Picture{Rect: r, Portrait: portrait})
	l.add(Shade{Rect: r, Own: l.theme.OwnPairing(), Other: l.theme.OtherPairing(), Contrast: l.theme.ScrimContrast})
}

// squareIn returns the largest square in the middle of a rectangle.
func squareIn(r image.Rectangle) image.Rectangle {
	side := min(r.Dx(), r.Dy())
	r.Min = r.Min.Add(image.Pt((r.Dx()-side)/2, (r.Dy()-side)/2))
	r.Max = r.Min.Add(image.Pt(side, side))
	return r
}

// sacrifices are the elements that are dropped, in this order, if the area has no room for them and the headline. The
// credit of a dropped caption stays as long as there is room for it.
var sacrifices = []string{
	"deck", "caption", "byline", "date", "time", "position", "credit", "mark", "kicker", "site", "logo", "badge",
	"speaker",
}

// forHeadline are the sacrifices that are also dropped to keep the headline whole, and as large as its smallest step.
var forHeadline = []string{"deck", "caption", "byline", "date", "time", "position", "kicker"}

// group holds the pieces at one place of an area: top, middle or bottom.
type group struct {
	pieces []piece
	lean   float64
}

// composeArea places the stacks of an area. If there is not enough room, it drops the least important element
// and tries again.
func (l *layout) composeArea(name string) {
	box := l.safe(l.area(name))
	l.hang = max(0, box.left-l.whole(l.area(name)).left-l.px(hangKeeps))
	for l.smaller = 0; ; {
		groups, fits, whole := l.measure(name, box)
		if !(fits && whole) && l.shrinks(name) {
			l.smaller++
			continue
		}
		least := l.leastImportant(name, sacrifices)
		if fits {
			least = l.leastImportant(name, forHeadline)
		}
		if least == "" || fits && whole {
			l.placeGroups(groups, box)
			return
		}
		l.absent[least] = true
	}
}

// leastImportant returns the first of the elements that an area shows; empty if it shows none.
func (l *layout) leastImportant(area string, elements []string) string {
	for _, role := range elements {
		if !l.absent[role] && l.has(role) && l.shows(area, role) {
			return role
		}
	}
	return ""
}

// measure computes the size of everything in the area: the headline after all others, in the room that they
// leave, and then spare items. fits reports whether there is room for all and for a headline, and whole whether the
// headline is whole, and as large as its smallest step.
func (l *layout) measure(name string, box frame) (groups map[string]*group, fits, whole bool) {
	groups = map[string]*group{"top": {}, "middle": {}, "bottom": {}}
	var head *piece
	for _, s := range l.template.Stacks {
		if s.Area != name || !s.When.Holds(l.holds) {
			continue
		}
		g := groups[s.At]
		g.lean = s.Lean
		for i := range s.Items {
			if it := &s.Items[i]; it.When.Holds(l.holds) && !it.Spare {
				g.pieces = append(g.pieces, aligned(s.Align, l.pieces(it, box.width()))...)
			}
		}
	}
	room := box.foot - box.top
	joints := -1
	for _, at := range []string{"top", "middle", "bottom"} {
		g := groups[at]
		if len(g.pieces) == 0 {
			continue
		}
		joints++
		room -= g.height()
		for i := range g.pieces {
			if g.pieces[i].headline != nil {
				head = &g.pieces[i]
			}
		}
	}
	room -= float64(float64(max(0, joints)) * l.px(stackGap))
	if head == nil {
		return groups, room >= 0, true
	}
	whole = l.setHeadline(head, box.width(), max(room, 1))
	if more := l.air(groups, head); more > 0 { // a smaller headline needs less
		whole = l.setHeadline(head, box.width(), max(room-more, 1))
		more = l.air(groups, head)
		head.gap += more
		room -= more
	}
	l.addSpare(name, groups, box, room-head.height)
	return groups, room >= l.leastHeadline(head.headline), whole
}

// aligned returns the pieces of a stack with its alignment.
func aligned(align string, pieces []piece) []piece {
	for i := range pieces {
		if pieces[i].align == "" && align != "start" {
			pieces[i].align = align
		}
	}
	return pieces
}

// addSpare adds the spare items of the area's stacks if there is room.
func (l *layout) addSpare(name string, groups map[string]*group, box frame, room float64) {
	for _, s := range l.template.Stacks {
		if s.Area != name || !s.When.Holds(l.holds) {
			continue
		}
		for i := range s.Items {
			it := &s.Items[i]
			if !it.Spare || !it.When.Holds(l.holds) {
				continue
			}
			for _, p := range aligned(s.Align, l.pieces(it, box.width())) {
				need := p.gap + p.height + float64(descenderEm*l.px(spareBelow))
				if need+l.px(spareRoom) <= room {
					groups[s.At].pieces = append(groups[s.At].pieces, p)
					room -= need
				}
			}
		}
	}
}

// height returns the height of a group, without the gap above its first piece. It includes the descenders of a
// headline at its bottom.
func (g *group) height() float64 {
	h := 0.0
	if n := len(g.pieces); n > 0 && g.pieces[n-1].headline != nil {
		h = g.pieces[n-1].hang
	}
	for i, p := range g.pieces {
		if i > 0 {
			h += p.gap + g.pieces[i-1].hang
		}
		h += p.height
	}
	return h
}
