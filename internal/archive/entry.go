package archive

import (
	"cmp"
	"net/mail"
	"slices"
	"strings"
	"time"

	"newsroom.example/cards/internal/lenient"
	"newsroom.example/cards/internal/weburl"
)

// Limits of the texts, in code points. They are those of the articles API.
const (
	maxHeadline    = 1000
	maxDescription = 1000
	maxCaption     = 2000
	maxShort       = 300
	maxAlt         = 420
	maxTag         = 100
	maxTags        = 32
)

// entry returns the story of an entry of a feed.
func (c channel) entry(e *element) *Story {
	s := &Story{}
	a := &s.Article.Article
	a.URL, s.Err = checked(address(e))
	a.Headline = lenient.Line(e.find("title").text(), maxHeadline)
	a.Description = lenient.Line(e.find("description", "summary").text(), maxDescription)
	a.Site = lenient.Line(c.site, maxShort)
	a.Lang = lenient.Lang(cmp.Or(e.attr("lang"), e.find("language").text(), c.lang))
	a.PublishedAt = moment(e.find("published", "pubDate", "date", "issued").text())
	a.UpdatedAt = moment(e.find("updated", "modified").text())
	a.Byline = byline(e)
	a.Kicker, a.Tags = categories(e)
	a.Photo.URL, a.Caption, a.Credit = picture(e)
	return s
}

// address returns the address of an entry's page.
func address(e *element) string {
	for _, l := range e.all("link") {
		if rel := l.attr("rel"); l.attr("href") != "" && (rel == "" || rel == "alternate") {
			return l.attr("href")
		}
		if l.attr("href") == "" && l.text() != "" {
			return l.text()
		}
	}
	if id := e.find("guid"); !strings.EqualFold(id.attr("isPermaLink"), "false") {
		return id.text()
	}
	return ""
}

// byline returns the names of an entry's authors, as Article.Byline has them: nil if there are none.
func byline(e *element) any {
	var names []any
	add := func(name string) {
		if name = lenient.Line(name, maxShort); name != "" && !slices.Contains(names, any(name)) {
			names = append(names, name)
		}
	}
	for _, author := range append(e.all("creator"), e.all("author")...) {
		name := cmp.Or(author.find("name").text(), author.text())
		if parsed, err := mail.ParseAddress(name); err == nil { // RSS wants an address, with the name in parentheses
			name = parsed.Name
		} else if _, in, found := strings.Cut(name, "("); found && strings.Contains(name, "@") {
			name = strings.TrimSuffix(in, ")")
		}
		add(name)
	}
	if len(names) == 0 {
		return nil
	}
	return names
}

// categories returns the section and the tags of an entry.
func categories(e *element) (section string, tags []string) {
	for _, c := range append(e.all("category"), e.all("subject")...) {
		name := lenient.Line(cmp.Or(c.attr("label"), c.text(), c.attr("term")), maxTag)
		switch {
		case name == "" || slices.Contains(tags, name):
		case c.attr("domain") == "post_tag":
			tags = append(tags, name)
		case section == "":
			section = name
		case name != section:
			tags = append(tags, name)
		}
	}
	return section, tags[:min(len(tags), maxTags)]
}

// picture returns the URL of an entry's largest picture, its caption and its credit.
func picture(e *element) (address, caption, credit string) {
	best, found := -1, none
	for _, m := range slices.Concat(e.within("content"), e.within("thumbnail"), e.all("enclosure"), e.all("link")) {
		at := cmp.Or(m.attr("url"), m.attr("href"))
		kind := m.attr("type")
		if m.name.Local == "link" && m.attr("rel") != "enclosure" || at == "" ||
			!strings.HasPrefix(kind, "image/") && m.attr("medium") != "image" && m.name.Local != "thumbnail" {
			continue
		}
		if size := width(m); size > best {
			best, found, address = size, m, at
		}
	}
	u, err := weburl.Parse(weburl.Clean(address))
	if err != nil {
		return "", "", ""
	}
	caption = cmp.Or(found.find("description").text(), first(e.within("description"), media))
	credit = cmp.Or(found.find("credit", "copyright").text(), first(e.within("credit"), media))
	return u.String(), lenient.Line(caption, maxCaption), lenient.Line(credit, maxShort)
}

// media is the namespace of Media RSS.
const media = "http://search.yahoo.com/mrss/"

// first returns the words of the first element of a namespace.
func first(all []*element, space string) string {
	for _, e := range all {
		if e.name.Space == space {
			return e.text()
		}
	}
	return ""
}

// width returns the width of a picture in pixels, or 0.
func width(m *element) (n int) {
	for _, digit := range m.attr("width") {
		if digit < '0' || digit > '9' || n > 1<<20 {
			return 0
		}
		n = 10*n + int(digit-'0')
	}
	return n
}

// moment returns a time, or the zero time for what is none.
func moment(s string) time.Time {
	if t, err := mail.ParseDate(s); err == nil {
		return t.UTC()
	}
	for _, form := range []string{"Mon, 2 Jan 2006 15:04:05 MST", time.DateTime} {
		if t, err := time.Parse(form, s); err == nil {
			return t.UTC()
		}
	}
	return lenient.Time(s).UTC()
}
