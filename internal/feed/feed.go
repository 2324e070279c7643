// Package feed writes a list of stories as RSS 2.0 (rssboard.org/rss-specification), with their pictures as Media RSS
// (rssboard.org/media-rss).
package feed

import (
	"encoding/xml"
	"time"
)

// Feed is a list of stories. Texts are plain text.
type Feed struct {
	Title string
	Lang  string // BCP 47
	Home  string // URL of the page that the feed belongs to
	URL   string // of the feed
	Items []Item
}

// Item is a story.
type Item struct {
	ID            string // the same as long as it is the same story
	Title         string
	URL           string
	Published     time.Time // zero: unknown
	Picture       string    // URL
	Width, Height int       // of the picture, in pixels
}

// minutes is how long a reader of the feed may keep it.
const minutes = 1

// RSS returns the feed as an XML document.
func (f Feed) RSS() ([]byte, error) {
	c := channel{Title: f.Title, Link: f.Home, Description: f.Title, Language: f.Lang, TTL: minutes,
		Self: self{URL: f.URL, Rel: "self", Type: "application/rss+xml"}}
	for _, it := range f.Items {
		out := item{Title: it.Title, Link: it.URL, GUID: guid{ID: it.ID}}
		if !it.Published.IsZero() {
			out.Published = it.Published.UTC().Format(time.RFC1123Z)
		}
		if it.Picture != "" {
			out.Picture = &media{URL: it.Picture, Medium: "image", Width: it.Width, Height: it.Height}
		}
		c.Items = append(c.Items, out)
	}
	raw, err := xml.Marshal(rss{Version: "2.0", Atom: "http://www.w3.org/2005/Atom",
		Media: "http://search.yahoo.com/mrss/", Channel: c})
	return append([]byte(xml.Header), raw...), err
}

type rss struct {
	XMLName xml.Name `xml:"rss"`
	Version string   `xml:"version,attr"`
	Atom    string   `xml:"xmlns:atom,attr"`
	Media   string   `xml:"xmlns:media,attr"`
	Channel channel  `xml:"channel"`
}

type channel struct {
	Title       string `xml:"title"`
	Link        string `xml:"link"`
	Description string `xml:"description"`
	Language    string `xml:"language"`
	TTL         int    `xml:"ttl"`
	Self        self   `xml:"atom:link"`
	Items       []item `xml:"item"`
}

type self struct {
	URL  string `xml:"href,attr"`
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
}

type item struct {
	Title     string `xml:"title"`
	Link      string `xml:"link"`
	GUID      guid   `xml:"guid"`
	Published string `xml:"pubDate,omitempty"`
	Picture   *media `xml:"media:content"`
}

type guid struct {
	ID        string `xml:",chardata"`
	PermaLink bool   `xml:"isPermaLink,attr"`
}

type media struct {
	URL    string `xml:"url,attr"`
	Medium string `xml:"medium,attr"`
	Width  int    `xml:"width,attr"`
	Height int    `xml:"height,attr"`
}
