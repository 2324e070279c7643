package web

import (
	"html/template"
	"io"
	"strings"
)

// BarData is the share bar without script.
type BarData struct {
	Lang   string // of its words: en, ko, ja or zh; others read English
	Styles string // address of cards.css
	Links  []BarLink
}

// BarLink is one target. URL is http, https, mailto or sms.
type BarLink struct{ Target, Action, Href string }

// URL is the address, of a scheme that leads out of the page and nowhere else; "#" otherwise.
func (l BarLink) URL() template.URL {
	for _, scheme := range []string{"https://", "http://", "mailto:", "sms:"} {
		if strings.HasPrefix(l.Href, scheme) {
			return template.URL(l.Href)
		}
	}
	return "#"
}

// Name is what the link says: without script nothing can be copied, and the link to copy leads
// to the story.
func (l BarLink) Name(lang string) string {
	if l.Target == "link" {
		return say(lang, "link")
	}
	return l.Action
}

// Opens reports a link that opens a page, not an app.
func (l BarLink) Opens() bool {
	return strings.HasPrefix(l.Href, "http") && l.Target != "mail" && l.Target != "sms"
}

// Icon is the target's drawing.
func (l BarLink) Icon() Icon { return icon(l.Target) }

// Bar writes the share bar as a piece of a page.
func (p *Pages) Bar(w io.Writer, d BarData) error { return p.set.ExecuteTemplate(w, "bar.html", d) }
