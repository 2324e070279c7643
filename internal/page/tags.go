package page

import (
	"strconv"
	"strings"
)

// Tags are the tags for networks that a page has in its head, as lines of clean text. A tag that is missing is empty.
type Tags struct {
	Title, Type, URL, Description, Site string // og:title, og:type, og:url, og:description, og:site_name
	Image                               string // og:image, absolute; empty if it is no http or https URL
	ImageWidth, ImageHeight             int    // as declared, in pixels; 0: not declared
	ImageAlt                            string
	Card                                string // twitter:card
	Canonical                           string // absolute
}

// ReadTags reads the tags of a page. contentType and at are as in Read.
func ReadTags(data []byte, contentType, at string) Tags {
	d := scan(data, contentType, at)
	base := d.baseURL()
	text := func(names ...string) string { return line(maxHeadline, d.metas(names...)...).text }
	return Tags{
		Title: text("og:title"), Type: text("og:type"), URL: address(base, d.metas("og:url")...).text,
		Description: text("og:description"), Site: text("og:site_name"),
		Image:      address(base, d.metas("og:image", "og:image:url", "og:image:secure_url")...).text,
		ImageWidth: pixels(text("og:image:width")), ImageHeight: pixels(text("og:image:height")),
		ImageAlt: text("og:image:alt", "twitter:image:alt"), Card: text("twitter:card"),
		Canonical: resolve(base, d.canonical),
	}
}

// pixels returns a declared length, or 0 if it is none.
func pixels(s string) int {
	n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(s), "px"))
	if err != nil || n < 0 {
		return 0
	}
	return n
}
