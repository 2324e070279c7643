package web

import (
	"html/template"
	"io"
	"strings"

	"newsroom.example/cards/share"
)

// BarData is the content of the share bar without script.
type BarData struct {
	Lang   string // language of the labels; English for those that package words does not have
	Styles string // URL of cards.css
	Links  []BarLink
}

// BarLink is one target. URL is http, https, mailto or sms.
type BarLink struct{ Target, Action, Href string }

// URL returns the link's address if its scheme is safe in a page, and "#" otherwise.
func (l BarLink) URL() template.URL {
	for _, scheme := range []string{"https://", "http://", "mailto:", "sms:"} {
		if strings.HasPrefix(l.Href, scheme) {
			return template.URL(l.Href)
		}
	}
	return "#"
}

// Name returns the link's label. Without script nothing can be copied, so the target "link" is a
// plain link to the story.
func (l BarLink) Name(lang string) string {
	if l.Target == "link" {
		return say(lang, "link")
	}
	return l.Action
}

// Opens reports whether the link opens a page, not an app.
func (l BarLink) Opens() bool {
	return strings.HasPrefix(l.Href, "http") && l.Target != "mail" && l.Target != "sms"
}

// Icon returns the target's icon.
func (l BarLink) Icon() share.Icon { return icon(l.Target) }

// Bar writes the share bar as an HTML fragment.
func (p *Pages) Bar(w io.Writer, d BarData) error { return p.set.ExecuteTemplate(w, "bar.html", d) }
