// Package card defines Card, the description of the picture for a shared link.
//
// A Card is a value. It can be parsed from a query and printed as the same query, and its Key identifies its pixels.
// The package also signs and verifies the URLs of cards. It uses no network, disk, clock or HTTP.
package card

import (
	"errors"
	"math"
	"strconv"
	"strings"

	"newsroom.example/cards/internal/clean"
	"newsroom.example/cards/internal/weburl"
)

// Limits on text, in Unicode code points after cleaning.
const (
	MaxHeadline = 1000
	MaxCaption  = 2000
	MaxShort    = 300 // credit, byline, kicker, site, speaker and their role
	MaxDeck     = 500
	MaxBadge    = 24            // a badge that is not one of Badges
	MaxField    = 120           // a text of Fields
	MaxFields   = 12            // texts of Fields
	MaxURL      = weburl.MaxLen // of a URL, in bytes
)

// TextFormat says how the texts and the photo's URL of a card are written before Normalize.
type TextFormat = clean.Format

// The formats of texts. The zero value decodes what is certainly or probably HTML, and leaves the rest.
const (
	PlainText TextFormat = clean.Text // nothing is decoded or removed
	HTMLText  TextFormat = clean.HTML // HTML, of which a card shows what a browser would
)

// Card describes the picture for a shared link. Text is plain UTF-8, without markup. The zero value of every field
// except Headline means that the service chooses. Create a Card with Parse, or set the fields and call Normalize.
type Card struct {
	Headline string // required; at most MaxHeadline code points
	Deck     string // the sentence below the headline; at most MaxDeck
	Caption  string // what the photo shows
	Credit   string // the agency or photographer
	Byline   string
	Kicker   string // the section
	Site     string // the publication's name
	Lang     string // BCP 47; it determines fonts, line breaking and the text of badges
	Badge    string // one of Badges, or free text of at most MaxBadge code points
	Date     string // YYYY-MM-DD, shown in the language of the card; empty for none
	Time     string // HH:MM, from 00:00 to 23:59, in the newsroom's zone; empty for none
	Kind     string // one of Kinds; empty means news

	Speaker     string // who says the words of a quotation
	SpeakerRole string // who that is, such as an office

	// Fields are the newsroom's own short texts by name, such as the score of a match, for its own templates. A name is
	// 1 to 24 of a-z, 0-9 and '_', a text at most MaxField.
	Fields map[string]string

	Photo    Photo
	Portrait Photo  // a second picture, of the author or the speaker, for templates with a place for it
	Template string // built in, or a newsroom's own; empty: see TemplateName
	Theme    string
	Designs  string // from which of the service's designs theme and template are; empty: the present ones
	Size     Size   // zero means OpenGraph
	FontStep int    // steps on the headline's type scale, -2 to 2

	// TextFormat is the format of the texts and of the photo's URL. Normalize sets it to PlainText if the cleaned texts
	// would be decoded again without it, and else to the zero value.
	TextFormat TextFormat
}

// Photo is the photo of a card. An empty URL means no photo.
type Photo struct {
	URL   string // absolute http or https URL, or "upload:<id>"
	Focal *Focal // nil: the service chooses the focal point
}

// ByURL reports whether the photo or the portrait has a URL, whose source can replace it at any time.
func (c Card) ByURL() bool { return c.Photo.ByURL() || c.Portrait.ByURL() }

// ByURL reports whether the photo has a URL, whose source can replace it at any time. An upload never changes.
func (p Photo) ByURL() bool { return p.URL != "" && !strings.HasPrefix(p.URL, "upload:") }

// Focal is the focal point, which a crop always shows, in fractions of the upright photo from its top left, 0 to 1.
type Focal struct{ X, Y float64 }

// String returns the point in the form of the query: "0.5,0.25".
func (f Focal) String() string { return trimFloat(f.X) + "," + trimFloat(f.Y) }

func trimFloat(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// ParseFocal parses "x,y", both from 0 to 1.
func ParseFocal(s string) (Focal, error) {
	xs, ys, ok := strings.Cut(s, ",")
	if !ok {
		return Focal{}, errors.New(`must be "x,y"`)
	}
	x, errX := strconv.ParseFloat(strings.TrimSpace(xs), 64)
	y, errY := strconv.ParseFloat(strings.TrimSpace(ys), 64)
	if errX != nil || errY != nil {
		return Focal{}, errors.New(`must be two numbers, "x,y"`)
	}
	f := Focal{x, y}
	return f, f.check()
}

func (f Focal) check() error {
	for _, v := range []float64{f.X, f.Y} {
		if math.IsNaN(v) || v < 0 || v > 1 {
			return errors.New("must lie between 0 and 1")
		}
	}
	return nil
}

// Badges are the badges that are translated into the card's language.
var Badges = []string{"breaking", "live", "exclusive", "opinion", "update"}

// Kinds are the kinds of stories, the default first.
var Kinds = []string{"news", "opinion", "analysis", "live", "paid"}

// TemplateName returns the name of the template for the card: Template if it is set, else the one that suits the kind
// of story and what it has. hasPhoto reports whether it has a photo.
func (c Card) TemplateName(hasPhoto bool) string {
	switch {
	case c.Template != "":
		return c.Template
	case c.Speaker != "":
		return "quote"
	case c.Kind == "opinion" && c.Portrait.URL != "":
		return "opinion"
	case hasPhoto && c.Fields["length"] != "":
		return "video"
	case hasPhoto && c.Kind == "live" && c.Deck != "":
		return "live"
	case hasPhoto:
		return "photo"
	case c.Badge == "breaking":
		return "breaking"
	case c.Fields["number"] != "":
		return "number"
	default:
		return "text"
	}
}

// Format returns the default format of the card's picture: "jpg" if it shows a photo or a portrait, else "png", which
// is smaller and sharper for text.
func (c Card) Format() string {
	if c.Photo.URL == "" && c.Portrait.URL == "" {
		return "png"
	}
	switch c.TemplateName(c.Photo.URL != "") {
	case "text", "breaking", "number":
		return "png"
	}
	return "jpg"
}

// MediaType returns the media type of a format, "jpg" or "png".
func MediaType(format string) string {
	if format == "png" {
		return "image/png"
	}
	return "image/jpeg"
}
