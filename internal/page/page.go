// Package page reads the metadata of a story from the head of its web page: the tags that networks read (Open Graph,
// X, article), the canonical link and JSON-LD. Pages are untrusted: every value is returned as one line of clean
// text or as a checked URL.
package page

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"

	"newsroom.example/cards/internal/clean"
	"newsroom.example/cards/internal/weburl"
)

// Story is the metadata of a page. Every field except URL may be empty.
type Story struct {
	URL                string // absolute: the canonical link, else og:url, else the URL of the page
	Headline           string
	Description        string
	Image, ImageAlt    string // Image is an absolute http or https URL
	Site, Author       string
	Section, Lang      string // Lang is BCP 47
	Published, Updated time.Time
	Tags               []string
}

// Limits of the values, in code points. They are those of the articles API.
const (
	maxHeadline    = 1000
	maxDescription = 1000
	maxShort       = 300
	maxAlt         = 420
	maxTag         = 100
	maxTags        = 32
)

// Read reads the head of a page. contentType is the Content-Type of the response, at is the URL of the page.
func Read(data []byte, contentType, at string) Story {
	h := readHead(data, contentType)
	base, err := url.Parse(at)
	if err != nil {
		base = &url.URL{}
	}
	s := Story{
		Headline: line(maxHeadline, h.meta["og:title"], h.meta["twitter:title"], h.ld.Headline, h.titleWithoutSite()),
		Description: line(maxDescription, h.meta["og:description"], h.meta["twitter:description"], h.ld.Description,
			h.meta["description"]),
		ImageAlt: line(maxAlt, h.meta["og:image:alt"], h.meta["twitter:image:alt"]),
		Site:     line(maxShort, h.meta["og:site_name"], h.ld.Publisher),
		Author:   line(maxShort, name(h.meta["article:author"]), h.meta["author"], h.ld.Author),
		Section:  line(maxShort, h.meta["article:section"], h.ld.Section),
		Image: address(base, h.meta["og:image:secure_url"], h.meta["og:image"], h.meta["og:image:url"],
			h.meta["twitter:image"], h.ld.Image),
		URL:       address(base, h.canonical, h.meta["og:url"], at),
		Lang:      tag(h.lang, h.meta["og:locale"], h.ld.Lang),
		Published: stamp(h.meta["article:published_time"], h.ld.Published),
		Updated:   stamp(h.meta["article:modified_time"], h.ld.Modified),
	}
	for _, t := range h.tags {
		if t = line(maxTag, t); t != "" && !slices.Contains(s.Tags, t) && len(s.Tags) < maxTags {
			s.Tags = append(s.Tags, t)
		}
	}
	return s
}

// maxEncoded is more bytes than a code point takes, however it is encoded.
const maxEncoded = 16

// line returns the first value that is not empty after cleaning, as one line of at most most code points.
func line(most int, values ...string) string {
	for _, v := range values {
		v = v[:min(len(v), maxEncoded*most)]          // what is cut off cannot be shown
		l, _ := clean.Line(clean.Repair(v), maxValue) // cannot fail: the values are not longer, and repaired
		if s := l.Cut(most).String(); s != "" {
			return s
		}
	}
	return ""
}

// address returns the first value that is a web URL, possibly relative to base, as an absolute URL.
func address(base *url.URL, values ...string) string {
	for _, v := range values {
		if u, err := weburl.Resolve(base, v); err == nil {
			return u.String()
		}
	}
	return ""
}

// name returns "" for an author that is a URL: article:author may be the URL of a profile.
func name(s string) string {
	if strings.Contains(s, "://") {
		return ""
	}
	return s
}

// tag returns the first value that is a language tag. In og:locale, ko_KR means ko-KR.
func tag(values ...string) string {
	for _, v := range values {
		if t, err := language.Parse(strings.ReplaceAll(strings.TrimSpace(v), "_", "-")); err == nil && t != language.Und {
			return t.String()
		}
	}
	return ""
}

// stamp returns the first value that is a time: RFC 3339, or a form of ISO 8601 without seconds, without the colon in
// the zone, or with the date only.
func stamp(values ...string) time.Time {
	for _, v := range values {
		for _, form := range []string{time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05-0700", time.DateOnly} {
			if t, err := time.Parse(form, strings.TrimSpace(v)); err == nil {
				return t
			}
		}
	}
	return time.Time{}
}
