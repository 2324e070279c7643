package design

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

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
		it.Text != "", it.Words != "", it.Label, it.Logo, it.Rule != "",
		it.Left != "" || it.Right != "" && !it.Label && !it.Play,
		it.Mark, it.Play,
	} {
		if given {
			kinds++
		}
	}
	if kinds != 1 {
		d.fault(key, "an item is one of text, words, label, logo, rule, left and right, mark, or play")
		return
	}
	if it.Wave && !it.Play {
		d.fault(key+".wave", "belongs to a play mark: add play = true")
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
