package web

import (
	"fmt"
	"io"
	"strings"
)

// StudioForm holds the values of the studio's form.
type StudioForm struct {
	URL, Headline, Deck, Caption, Credit, Byline, Published, Kicker, Site, Lang, Badge, Kind, Speaker, SpeakerRole,
	Photo, Focal, Template, Theme, Size, FontStep, Alt, Description string
	Tags, Embargo, Portrait, PortraitFocal, PortraitAlt, PhotoSocial, PhotoUntil, PhotoCountries string
	// Article is the stored story, and Base the revision of it that was opened.
	Article, Base string

	Own []OwnField
}

// OwnField is a text of the newsroom's own that templates show.
type OwnField struct{ Name, Value string }

// Visitor is who looks at a page of the studio.
type Visitor struct {
	Editor   string // her name; empty: nobody is named
	SignedIn bool   // she has a session; the page shows "Sign out"
}

// StudioData holds everything that the studio shows.
type StudioData struct {
	Visitor

	Form                                           StudioForm
	First                                          bool // the form has the sample: a first visit
	Sizes, Templates, Themes, Badges, Kinds, Langs []Option
	CardURL                                        string       // same origin; empty when the form is invalid
	SmallURL                                       string       // of a smaller picture; its width is appended
	Width, Height                                  int          // pixels of the card
	Cards                                          []StudioCard // in all sizes; empty when the form is invalid
	ZipURL                                         string
	Story                                          StudioStory
	Checks                                         []Check
	Problems                                       []Problem
	Links                                          []Link
	Meta                                           string     // meta tags to copy, as text
	Curl, Command                                  string     // the same card as an API request and as a command
	Zone                                           string     // of the times in the form
	Open                                           *OpenStory // the stored story that the form is of; nil: none
	Look                                           *LookLink  // the link for a colleague that was made; nil: none
}

// Networks are the networks that the studio shows.
func (d StudioData) Networks() []Network { return networks }

// StudioCard is the card in one size.
type StudioCard struct {
	Name, URL, File string
	SmallURL        string // of a smaller picture; its width is appended
	Width, Height   int    // pixels
}

// smallWidths are the widths in which browsers can ask for a smaller picture.
var smallWidths = []int{320, 480, 720, 960}

// SrcSet returns the URLs of the picture in several widths, for the attribute srcset.
func (c StudioCard) SrcSet() string {
	if c.URL == "" {
		return ""
	}
	var all []string
	for _, w := range smallWidths {
		if w < c.Width {
			all = append(all, fmt.Sprintf("%s%d %dw", c.SmallURL, w, w))
		}
	}
	return strings.Join(append(all, fmt.Sprintf("%s %dw", c.URL, c.Width)), ", ")
}

// longestURL bounds the URLs that the page repeats for each network. Script adds longer ones.
const longestURL = 4 << 10

// Thumbnail returns the URL of a small picture; empty if it is too long to be repeated.
func (c StudioCard) Thumbnail() string {
	switch {
	case c.URL == "" || len(c.SmallURL) > longestURL:
		return ""
	case c.SmallURL == "": // the page of a draft, which may ask for its own pictures alone
		return c.URL
	}
	return c.SmallURL + "320"
}

// Large is the card that the page shows large.
func (d StudioData) Large() StudioCard {
	return StudioCard{URL: d.CardURL, SmallURL: d.SmallURL, Width: d.Width, Height: d.Height}
}

// StudioStory holds the texts that networks show next to the picture.
type StudioStory struct{ Headline, Summary, Host, Site, Button string }

// Check is an issue to fix (level "fault") or to consider (level "note"). Field may be empty.
type Check struct{ Level, Field, Message string }

// Studio writes the studio.
func (p *Pages) Studio(w io.Writer, d StudioData) error {
	return p.set.ExecuteTemplate(w, "studio.html", d)
}

// Problem returns the error message of a field, or "".
func (d StudioData) Problem(field string) string {
	for _, p := range d.Problems {
		if p.Field == field {
			return p.Message
		}
	}
	return ""
}

// Card returns the card in the named size; zero when the form is invalid.
func (d StudioData) Card(name string) StudioCard {
	for _, c := range d.Cards {
		if c.Name == name {
			return c
		}
	}
	return StudioCard{}
}

// SizeLabel returns the label of the named size in the list of sizes.
func (d StudioData) SizeLabel(name string) string {
	for _, o := range d.Sizes {
		if o.Value == name {
			return o.Label
		}
	}
	return name
}
