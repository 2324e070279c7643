package page

import "strings"

// isUnseen reports whether browsers do not show the text of an element, as far as its tag says. Text with
// aria-hidden="true" is shown: some newspapers have the whole caption in it, beside another for screen readers.
func isUnseen(tag string, a map[string]string) bool {
	switch tag {
	case "audio", "canvas", "datalist", "noscript", "svg", "template", "video": // their text is a fallback, or of an icon
		return true
	}
	_, hidden := a["hidden"] // also hidden="until-found"
	return hidden || hides(a["style"])
}

// hides reports whether a style attribute hides its element. Of declarations of one property the last counts, unless
// one before it is important.
func hides(style string) bool {
	if style == "" {
		return false
	}
	var display, visibility declaration
	for each := range strings.SplitSeq(strings.ToLower(style), ";") {
		name, value, _ := strings.Cut(each, ":")
		switch strings.TrimSpace(name) {
		case "display":
			display.set(value)
		case "visibility":
			visibility.set(value)
		}
	}
	return display.value == "none" || visibility.value == "hidden" || visibility.value == "collapse"
}

// declaration is the value of a property in a style attribute.
type declaration struct {
	value     string
	important bool
}

func (d *declaration) set(value string) {
	value, mark, important := strings.Cut(value, "!")
	important = important && strings.TrimSpace(mark) == "important"
	if important || !d.important {
		d.value, d.important = strings.TrimSpace(value), important
	}
}
