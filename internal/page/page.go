// Package page reads the metadata of a story from its web page: the tags that networks read (Open Graph, X, article),
// the canonical link, JSON-LD, and the lead picture of the body with its caption and credit. Pages are untrusted: every
// value is returned as one line of clean text or as a checked URL.
package page

import (
	"net/url"
	"slices"
	"time"

	"newsroom.example/cards/internal/lenient"
	"newsroom.example/cards/internal/weburl"
)

// Story is the metadata of a page. Every field except URL may be empty.
type Story struct {
	URL                string // absolute: the canonical link, else og:url, else the URL of the page
	Headline           string // without the name of the site
	Description        string
	Image, ImageAlt    string // Image is an absolute http or https URL
	Caption, Credit    string // of Image, if the page shows it or JSON-LD describes it
	Site               string
	Authors            []string // in the order of the page, each once
	Section, Lang      string   // Lang is BCP 47
	Published, Updated time.Time
	Tags               []string

	// Sources says which part of the page each field comes from, such as og:title. Its keys are the names of fields in
	// the articles API, such as photo.url, and those of fields that are not empty.
	Sources map[string]string
}

// Limits of the values, in code points. They are those of the articles API.
const (
	maxHeadline    = 1000
	maxDescription = 1000
	maxCaption     = 2000
	maxShort       = 300
	maxAlt         = 420
	maxTag         = 100
	maxTags        = 32
	maxAuthors     = 16
)

// Sources that are not the name of a meta tag.
const (
	fromTitle     = "title"
	fromLD        = "json-ld"
	fromCanonical = "canonical"
	fromAddress   = "address" // of the page
	fromLang      = "lang"    // of the html element
	fromImg       = "img"
)

// found is a value and its source.
type found struct{ text, source string }

// Read reads a page. contentType is the Content-Type of the response, at is the URL of the page.
func Read(data []byte, contentType, at string) Story {
	d := scan(data, contentType, at)
	base := d.baseURL()
	s := Story{Sources: map[string]string{}}
	s.set("site", &s.Site, line(maxShort, d.sites()...))
	s.set("kicker", &s.Section, line(maxShort, d.or(d.metas("article:section"), d.ld.text("articleSection"))...))
	s.set("headline", &s.Headline, d.headline(s.Section))
	s.set("description", &s.Description, line(maxDescription, slices.Concat(
		d.or(d.metas("og:description", "twitter:description"), d.ld.text("description")), d.metas("description"))...))
	s.set("url", &s.URL, address(base, append([]found{{d.canonical, fromCanonical}}, d.metas("og:url")...)...))
	if s.URL == "" {
		s.set("url", &s.URL, address(&url.URL{}, found{at, fromAddress}))
	}
	s.set("lang", &s.Lang, tag(d.or(append([]found{{d.lang, fromLang}}, d.metas("og:locale")...),
		d.ld.text("inLanguage"))...))
	s.setTime("published_at", &s.Published, d.or(d.metas("article:published_time"), d.ld.text("datePublished")))
	s.setTime("updated_at", &s.Updated, d.or(d.metas("article:modified_time"), d.ld.text("dateModified")))
	s.setAuthors(d)
	s.setTags(d)
	s.setPicture(d, base)
	return s
}

// or appends a value of JSON-LD.
func (d *document) or(values []found, ld string) []found {
	return append(values, found{ld, fromLD})
}

// sites returns the names of the page's site.
func (d *document) sites() []found {
	return slices.Concat(d.metas("og:site_name"),
		[]found{{d.ld.text("publisher"), fromLD}, {d.ld.site, fromLD}}, d.metas("application-name"))
}

func (s *Story) set(field string, to *string, v found) {
	if v.text != "" {
		*to, s.Sources[field] = v.text, v.source
	}
}

func (s *Story) setTime(field string, to *time.Time, values []found) {
	for _, v := range values {
		if t := lenient.Time(v.text); !t.IsZero() {
			*to, s.Sources[field] = t, v.source
			return
		}
	}
}

func (s *Story) setTags(d *document) {
	for _, t := range d.meta["article:tag"] {
		t = line(maxTag, found{text: t}).text
		if t != "" && !slices.Contains(s.Tags, t) && len(s.Tags) < maxTags {
			s.Tags = append(s.Tags, t)
			s.Sources["tags"] = "article:tag"
		}
	}
}

// baseURL returns the URL that relative addresses of the page refer to: that of its base element, else its own.
func (d *document) baseURL() *url.URL {
	base, err := url.Parse(d.at)
	if err != nil {
		base = &url.URL{}
	}
	if u, err := weburl.Resolve(base, d.base); err == nil {
		return u
	}
	return base
}

// line returns the first value that is not empty after cleaning, as one line of at most most code points.
func line(most int, values ...found) found {
	for _, v := range values {
		if v.text = lenient.Line(v.text, most); v.text != "" {
			return v
		}
	}
	return found{}
}

// address returns the first value that is a web URL, possibly relative to base, as an absolute URL.
func address(base *url.URL, values ...found) found {
	for _, v := range values {
		if v.text = resolve(base, v.text); v.text != "" {
			return v
		}
	}
	return found{}
}

// resolve returns the absolute URL that an address leads to, or "" if it leads to none.
func resolve(base *url.URL, ref string) string {
	u, err := weburl.Resolve(base, ref)
	if err != nil {
		return ""
	}
	return u.String()
}

// tag returns the first value that is a language tag.
func tag(values ...found) found {
	for _, v := range values {
		if v.text = lenient.Lang(v.text); v.text != "" {
			return v
		}
	}
	return found{}
}
