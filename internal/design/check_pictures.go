package design

import (
	"fmt"
	"slices"
	"strings"
)

// checkPictures checks that no card shows a picture twice: two frames of the photo, or of the portrait, must have
// conditions that are never true at once.
func (t *Template) checkPictures(d *document) {
	for i, f := range t.Pictures {
		for j, before := range t.Pictures[:i] {
			if f.Show == before.Show && !f.When.excludes(before.When) {
				d.fault(fmt.Sprintf("picture[%d]", i), "shows the %s a second time on cards that have picture %d too: "+
					"give one of them another \"when\", or show = %q", f.Show, j+1, other(f.Show))
				break
			}
		}
	}
}

func other(show string) string {
	if show == Portrait {
		return Photo
	}
	return Portrait
}

// formats are the shapes of cards, with the sizes that have a name, or none.
var formats = [][2]string{
	{"wide", "og"}, {"wide", "twitter"}, {"wide", "kakao"}, {"square", "portrait"}, {"tall", "story"},
	{"wide", ""}, {"square", ""}, {"tall", ""},
}

// excludes reports whether no card can fulfil both.
func (w When) excludes(o When) bool {
	return !slices.ContainsFunc(formats, func(f [2]string) bool { return (w + " " + o).possible(f) })
}

// possible reports whether a card of the format can fulfil the conditions.
func (w When) possible(format [2]string) bool {
	negated, lang := map[string]bool{}, ""
	for word := range strings.FieldsSeq(string(w)) {
		name, not := strings.CutPrefix(word, "!")
		isFormat := slices.ContainsFunc(formats, func(f [2]string) bool { return f[0] == name || f[1] == name })
		if isFormat && not == (format[0] == name || format[1] == name) {
			return false
		}
		if before, known := negated[name]; known && before != not {
			return false
		}
		negated[name] = not
		if strings.HasPrefix(name, "lang.") && !not {
			if lang != "" && lang != name {
				return false
			}
			lang = name
		}
	}
	return true
}

// mayHold reports whether the conditions can be true where the named one is as given.
func (w When) mayHold(name string, given bool) bool {
	for word := range strings.FieldsSeq(string(w)) {
		if n, not := strings.CutPrefix(word, "!"); n == name && not == given {
			return false
		}
	}
	return true
}
