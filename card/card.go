// Package card says what a shared link should look like.
//
// A Card is a value: it parses from a query, prints back to the same query, and its Key
// names its pixels. The package knows no network, disk, clock or HTTP.
package card

import (
	"errors"
	"math"
	"strconv"
	"strings"

	"newsroom.example/cards/internal/weburl"
)

// Limits on text, in Unicode code points after cleaning.
const (
	MaxHeadline = 1000
	MaxCaption  = 2000
	MaxShort    = 300           // credit, byline, kicker, site
	MaxBadge    = 24            // a badge of one's own
	MaxURL      = weburl.MaxLen // bytes of an address
)

// Card is what a shared link should look like. Text is plain UTF-8, never markup.
// The zero value of every field but Headline means "the service chooses".
// Make one with Parse, or fill the fields and call Normalize.
type Card struct {
	Headline string // required; at most MaxHeadline code points
	Caption  string // what the photo shows
	Credit   string // who took it: the agency or photographer
	Byline   string
	Kicker   string // the section
	Site     string // the publication's name
	Lang     string // BCP 47; it chooses fonts, line breaking and the words of badges
	Badge    string // one of Badges, or free text of at most MaxBadge code points
	Date     string // YYYY-MM-DD, shown in the language of the card; empty for none
	Photo    Photo
	Template string // photo, split, text, quote or a newsroom's own; empty: photo with a photo, else text
	Theme    string
	Size     Size // zero means OpenGraph
	FontStep int  // steps on the headline's type scale, -2 to 2
}

// Photo is the picture a card shows. An empty URL means no photo.
type Photo struct {
	URL   string // absolute http or https, or "upload:<id>"
	Focal *Focal // nil: the service chooses where to look
}

// Focal is the point a crop keeps in sight, in fractions of the upright photo from its top left.
type Focal struct{ X, Y float64 }

// String prints the point as a query carries it: "0.5,0.25".
func (f Focal) String() string { return trimFloat(f.X) + "," + trimFloat(f.Y) }

func trimFloat(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// ParseFocal reads "x,y", both from 0 to 1.
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

// TemplateName is the template that is to draw the card: the one asked for, else photo where
// there is one to show, else text.
func (c Card) TemplateName(hasPhoto bool) string {
	switch {
	case c.Template != "":
		return c.Template
	case hasPhoto:
		return "photo"
	default:
		return "text"
	}
}

// Format is the ending of the card's picture where nobody asks for another: jpg where a photo
// shows, else png, which is smaller and sharper for type alone.
func (c Card) Format() string {
	if c.Photo.URL != "" && c.TemplateName(true) != "text" {
		return "jpg"
	}
	return "png"
}

// MediaType returns the media type of a format, "jpg" or "png".
func MediaType(format string) string {
	if format == "png" {
		return "image/png"
	}
	return "image/jpeg"
}
