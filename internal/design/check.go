package design

import (
	"fmt"
	"slices"
	"strings"
)

// check validates a template, and fills in default values.
func (t *Template) check(d *document) {
	if n := len(t.Areas); n > maxAreas {
		d.fault("area", "there are %d areas, and at most %d are allowed", n, maxAreas)
	}
	if n := len(t.Stacks); n > maxStacks {
		d.fault("stack", "there are %d stacks, and at most %d are allowed", n, maxStacks)
	}
	if n := len(t.Fills) + len(t.Pictures); n > maxAreas {
		d.fault("fill", "there are %d fills and pictures, and at most %d are allowed", n, maxAreas)
	}
	for i := range t.Areas {
		t.Areas[i].check(d, fmt.Sprintf("area[%d]", i))
	}
	for i := range t.Areas {
		t.checkNeighbours(d, i)
	}
	known := t.areaNames()
	area := func(key, name string) {
		if !slices.Contains(known, name) {
			d.fault(key, "%q is no area; there are %s", name, strings.Join(known, ", "))
		}
	}
	for i, f := range t.Fills {
		key := fmt.Sprintf("fill[%d]", i)
		area(key+".area", f.Area)
		checkInk(d, key+".color", t.Fills[i].Color)
		f.When.check(d, key)
	}
	for i, p := range t.Pictures {
		key := fmt.Sprintf("picture[%d]", i)
		area(key+".area", p.Area)
		d.oneOf(key+".show", &t.Pictures[i].Show, Photo, Portrait)
		d.oneOf(key+".shape", &t.Pictures[i].Shape, "rectangle", "round")
		p.When.check(d, key)
	}
	t.checkPictures(d)
	for i := range t.Stacks {
		key := fmt.Sprintf("stack[%d]", i)
		area(key+".area", t.Stacks[i].Area)
		t.Stacks[i].check(d, key)
	}
	if len(d.faults) == 0 {
		t.checkHeadline(d)
	}
}

func (a *Area) check(d *document, key string) {
	if !names().MatchString(a.Name) || a.Name == cardArea {
		d.fault(key+".name", "%q must be a name of its own: a-z, 0-9 and -", a.Name)
	}
	if a.Right == 0 {
		a.Right = 1
	}
	if a.Bottom == 0 {
		a.Bottom = 1
	}
	if !(a.Left >= 0 && a.Right <= 1 && a.Right-a.Left >= 0.1) {
		d.fault(key, "left %v and right %v must be shares from 0 to 1, at least 0.1 apart", a.Left, a.Right)
	}
	if !(a.Top >= 0 && a.Bottom <= 1 && a.Bottom-a.Top >= 0.1) {
		d.fault(key, "top %v and bottom %v must be shares from 0 to 1, at least 0.1 apart", a.Top, a.Bottom)
	}
	d.within(key+".pad", &a.Pad, 40, 0, 200)
	a.checkRoom(d, key+".room")
	a.When.check(d, key)
}

func (a *Area) checkRoom(d *document, key string) {
	if a.Room == nil {
		return
	}
	side := a.Inner()
	if side == nil {
		d.fault(key, "only an area of which one side is inside the card has room to move it")
		return
	}
	if len(a.Room) != 2 || !(a.Room[0] >= 0.1 && a.Room[0] <= *side && *side <= a.Room[1] && a.Room[1] <= 0.9) {
		d.fault(key, "must be two shares from 0.1 to 0.9, with the side at %v between them", *side)
	}
}

// checkNeighbours checks that no area gets too narrow or low when the side of area i is moved in its room: the sides of
// all areas that are where that side is follow it.
func (t *Template) checkNeighbours(d *document, i int) {
	a := t.Areas[i]
	side := a.Inner()
	if len(a.Room) != 2 || side == nil {
		return
	}
	upright := side == &a.Left || side == &a.Right
	for _, b := range t.Areas {
		first, last := b.Top, b.Bottom
		if upright {
			first, last = b.Left, b.Right
		}
		if first == *side && last-a.Room[1] < 0.1 || last == *side && a.Room[0]-first < 0.1 {
			d.fault(fmt.Sprintf("area[%d].room", i), "leaves less than 0.1 for the area %s", b.Name)
		}
	}
}

func (w When) check(d *document, key string) {
	for word := range strings.FieldsSeq(string(w)) {
		if name := strings.TrimPrefix(word, "!"); !isCondition(name) {
			d.fault(key+".when", "%q is no condition; there are %s, lang.CODE and fields.NAME", name, strings.Join(conditions, ", "))
		}
	}
}

func (s *Stack) check(d *document, key string) {
	d.oneOf(key+".at", &s.At, "top", "bottom", "middle")
	d.within(key+".lean", &s.Lean, 0.5, 0.01, 1)
	if s.Ink == "" {
		s.Ink = Inks[0]
	}
	checkInk(d, key+".ink", s.Ink)
	d.oneOf(key+".align", &s.Align, "start", "center", "end")
	s.When.check(d, key)
	if n := len(s.Items); n == 0 || n > maxItems {
		d.fault(key+".items", "a stack has 1 to %d items, not %d", maxItems, n)
	}
	for i := range s.Items {
		s.Items[i].check(d, fmt.Sprintf("%s.items[%d]", key, i))
		if s.Items[i].Ink == "" {
			s.Items[i].Ink = s.Ink
		}
	}
}

// checkHeadline checks that a template shows the headline exactly once on every card. Only one that is for cards with a
// photo may leave it out.
func (t *Template) checkHeadline(d *document) {
	for _, shape := range []string{"wide", "square", "tall"} {
		for has := range 8 {
			photo, portrait, full := has&1 != 0, has&2 != 0, has&4 != 0
			shown := t.headlines(func(name string) bool {
				switch name {
				case "wide", "square", "tall":
					return name == shape
				case "photo":
					return photo
				case WithPortrait:
					return portrait
				case "headline", "quotation":
					return true
				}
				return full
			})
			if t.WithoutPhoto != "" && (!photo || shown == 0 && t.ShowsPhoto(portrait)) {
				continue // another template is used without a photo
			}
			if shown != 1 {
				d.fault("", "shows its headline %d times on a %s card (photo: %t, portrait: %t, other fields: %t), and must once",
					shown, shape, photo, portrait, full)
				return
			}
		}
	}
}

// headlines returns how many headlines the template shows where the conditions hold.
func (t *Template) headlines(holds func(string) bool) (shown int) {
	for _, s := range t.Stacks {
		for i := range s.Items {
			if s.Items[i].IsHeadline() && s.When.Holds(holds) && s.Items[i].When.Holds(holds) {
				shown++
			}
		}
	}
	return shown
}
