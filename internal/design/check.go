package design

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
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
		d.oneOf(key+".shape", &t.Pictures[i].Shape, "rectangle", "round")
		p.When.check(d, key)
	}
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

// maxWords is the length of an item's fixed words, in characters.
const maxWords = 120

func checkInk(d *document, key, name string) {
	if !isInk(name) {
		d.fault(key, "is %q, and must be a colour such as \"#1b1a17\", or one of %s", name, strings.Join(Inks, ", "))
	}
}

func (it *Item) check(d *document, key string) {
	kinds := 0
	for _, given := range []bool{
		it.Text != "", it.Words != "", it.Label, it.Logo, it.Rule != "", it.Left+it.Right != "", it.Mark, it.Play,
	} {
		if given {
			kinds++
		}
	}
	if kinds != 1 {
		d.fault(key, "an item is one of text, words, label, logo, rule, left and right, mark, or play")
		return
	}
	for name, roles := range map[string]string{"text": it.Text, "left": it.Left, "right": it.Right} {
		for _, role := range SplitRoles(roles) {
			if !isRole(role) {
				d.fault(key+"."+name, "%q is no role; there are %s and fields.NAME", role, strings.Join(Roles, ", "))
			}
		}
	}
	if it.Rule != "" {
		d.oneOf(key+".rule", &it.Rule, "full", "short", "bar")
	}
	d.within(key+".gap", &it.Gap, 0, -100, 400)
	d.within(key+".opacity", &it.Opacity, 100, 1, 100)
	if it.Ink != "" {
		checkInk(d, key+".ink", it.Ink)
	}
	if utf8.RuneCountInString(it.Words) > maxWords {
		d.fault(key+".words", "has more than %d characters", maxWords)
	}
	if it.Weight != 0 && (it.Weight < 100 || it.Weight > 1000) {
		d.fault(key+".weight", "is %d, and must be from 100 to 1000", it.Weight)
	}
	it.checkSizes(d, key)
	it.When.check(d, key)
}

// leastSize is the smallest size of a headline in a template.
const leastSize = 24

func (it *Item) checkSizes(d *document, key string) {
	if it.Lines < 0 || it.Lines > 12 {
		d.fault(key+".lines", "is %d, and must be from 1 to 12", it.Lines)
	}
	if !it.IsHeadline() && (len(it.Steps) == 0 || it.Text == "" || it.Size != 0) {
		if len(it.Steps) > 0 {
			d.fault(key+".steps", "a text has steps or a size, and other items have a size")
		}
		least := 1.0
		if it.Rule == "" {
			least = 12
		}
		d.within(key+".size", &it.Size, defaultSize(it), least, 400)
		it.Lines = max(1, it.Lines)
		return
	}
	if n := len(it.Steps); n == 0 || n > maxSteps || it.Size != 0 {
		d.fault(key+".steps", "a headline has 1 to %d steps, [size, lines], and no size", maxSteps)
	}
	for i, s := range it.Steps {
		at := fmt.Sprintf("%s.steps[%d]", key, i)
		if s[0] < leastSize || s[0] > Scale[len(Scale)-1] {
			d.fault(at, "size %d, and must be from %d to %d", s[0], leastSize, Scale[len(Scale)-1])
		}
		if s[1] < 1 || s[1] > 12 {
			d.fault(at, "%d lines, and must be from 1 to 12", s[1])
		}
		if i > 0 && s[0] > it.Steps[i-1][0] {
			d.fault(at, "sizes must not grow from step to step")
		}
	}
}

// defaultSize returns the size of an item without one.
func defaultSize(it *Item) float64 {
	switch {
	case it.Rule == "full":
		return 1
	case it.Mark:
		return 200
	case it.Play:
		return 96
	}
	return 23
}

// IsHeadline reports whether the item shows the story's headline.
func (it *Item) IsHeadline() bool { return it.Text == "headline" || it.Text == "quotation" }

// Shows reports whether the item shows a role, "badge", "kicker", "mark" or "logo", if the card has it.
func (it *Item) Shows(role string) bool {
	roles := slices.Concat(SplitRoles(it.Text), SplitRoles(it.Left), SplitRoles(it.Right))
	switch role {
	case "badge":
		return it.Label || slices.Contains(roles, role)
	case "kicker":
		return it.Label || slices.Contains(roles, role)
	case "mark":
		return it.Mark
	case "credit":
		return slices.Contains(roles, "credit") || slices.Contains(roles, "caption") // whose tail it is
	case "logo":
		return it.Logo || slices.Contains(roles, "site") // in whose place it stands
	}
	return slices.Contains(roles, role)
}

// SplitRoles returns the roles that an item names.
func SplitRoles(s string) []string {
	var all []string
	for role := range strings.SplitSeq(s, "+") {
		if role = strings.TrimSpace(role); role != "" {
			all = append(all, role)
		}
	}
	return all
}

// checkHeadline checks that a template shows the headline exactly once on every card. Only one that is for cards with a
// photo may leave it out.
func (t *Template) checkHeadline(d *document) {
	for _, shape := range []string{"wide", "square", "tall"} {
		for _, photo := range []bool{true, false} {
			for _, full := range []bool{true, false} {
				shown := 0
				holds := func(name string) bool {
					switch name {
					case "wide", "square", "tall":
						return name == shape
					case "photo":
						return photo
					case "headline", "quotation":
						return true
					}
					return full
				}
				for _, s := range t.Stacks {
					for i := range s.Items {
						if s.Items[i].IsHeadline() && s.When.Holds(holds) && s.Items[i].When.Holds(holds) {
							shown++
						}
					}
				}
				if t.WithoutPhoto != "" && (!photo || shown == 0 && t.ShowsPhoto()) {
					continue // another template is used without a photo
				}
				if shown != 1 {
					d.fault("", "shows its headline %d times on a %s card (photo: %t, other fields: %t), and must once", shown, shape,
						photo, full)
					return
				}
			}
		}
	}
}
