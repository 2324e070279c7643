package web

import (
	"html/template"
	"io"
)

// TopData is the content of the list of top stories without script.
type TopData struct {
	Lang    string // language of the labels; English for those that package words does not have
	Heading string // empty: that of the language
	Styles  string // URL of cards.css
	Stories []TopStory
}

// TopStory is a story of the list. URL is http or https.
type TopStory struct {
	Headline string
	URL      template.URL
}

// Top writes the list as an HTML fragment, with the classes of the embed kit's.
func (p *Pages) Top(w io.Writer, d TopData) error {
	if d.Heading == "" {
		d.Heading = TopHeading(d.Lang)
	}
	return p.set.ExecuteTemplate(w, "top.html", d)
}

// TopHeading returns the heading of the list in a language; English if the pages do not have it.
func TopHeading(lang string) string { return say(lang, "top") }

// Spoken returns the tag of the language of the pages' labels for a reader of lang.
func Spoken(lang string) string { return spoken(lang) }
