// Package advice checks a card before it is published, and tells the editor what is missing, cut, too small or has too
// little contrast. It reads a form and the figures of drawn cards; it draws nothing.
package advice

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/pictures"
)

// Level is the importance of a check.
type Level string

// The levels.
const (
	Fault Level = "fault" // readers will see something wrong
	Note  Level = "note"  // the editor should have a look
)

// Check is a message to the editor.
type Check struct {
	Level   Level
	Field   string // of the studio's form; empty if it concerns no field
	Message string // a sentence
}

// checks collects checks in display order.
type checks []Check

func (c *checks) add(level Level, field, format string, args ...any) {
	*c = append(*c, Check{Level: level, Field: field, Message: fmt.Sprintf(format, args...)})
}

func (c *checks) addIf(wrong bool, level Level, field, format string, args ...any) {
	if wrong {
		c.add(level, field, format, args...)
	}
}

// Form is the content of the studio's form.
type Form struct {
	Card                  card.Card
	URL, Alt, Description string
	XPost                 string // URL that posts the story on X; empty if there is none yet
}

// What networks show. (X Developer Platform, Cards markup; Meta for Developers, Images in link shares)
const (
	xTitle         = 70  // characters of the headline that X shows over the picture
	wideCard       = 600 // minimum width of a photo for a large card on Facebook, in pixels
	feedWidth      = 500 // width of a card in a feed on a computer, in CSS pixels
	readableInFeed = 16  // minimum size of a headline in such a feed, in CSS pixels
	leastContrast  = 4.5 // minimum contrast ratio: WCAG 2.2, success criterion 1.4.3
)

// OfForm checks the form, before the card is drawn.
func OfForm(f Form) []Check {
	all := checks{}
	n, photo := utf8.RuneCountInString(f.Card.Headline), f.Card.Photo.URL != ""
	all.addIf(f.URL == "", Fault, "url", "Enter the story's URL to get its share links and tags.")
	all.addIf(strings.HasPrefix(f.URL, "http://"), Note, "url",
		"The URL is not https: KakaoTalk and others fetch only https.")
	all.addIf(cutsHeadline(f.XPost, f.Card.Headline), Fault, "headline",
		"The post on X cuts the headline: a post has 280 characters for text and URL, and a Hangul syllable counts as two.")
	all.addIf(n > xTitle, Note, "headline",
		"X shows about %d characters of the headline over the picture; this one has %d.", xTitle, n)
	all.addIf(!photo, Note, "photo", "There is no photo: the card shows only text.")
	all.addIf(photo && f.Alt == "", Note, "alt",
		"The photo has no alt text: readers who can't see it get the headline instead.")
	all.addIf(photo && f.Card.Caption == "", Note, "caption", "The photo has no caption.")
	all.addIf(photo && f.Card.Credit == "", Note, "credit", "The photo has no credit: add the agency or photographer.")
	all.addIf(f.Description == "" && f.Card.Caption == "", Note, "description",
		"There is no description: networks repeat the headline instead.")
	all.addIf(f.Card.Site == "", Note, "site", "The publication is not named on the card.")
	return all
}

// DecodedFromHTML returns the check for a field whose text was decoded from HTML.
func DecodedFromHTML(field string) Check {
	return Check{Level: Note, Field: field,
		Message: "The text contained HTML. It was converted to plain text for the card, the tags and the links."}
}

// cutsHeadline reports whether the URL that posts on X has only a part of the headline.
func cutsHeadline(post, headline string) bool {
	u, err := url.Parse(post)
	return post != "" && err == nil && u.Query().Get("text") != headline
}

// Drawn has the figures of the card in one size.
type Drawn struct {
	Size  card.Size
	Label string // the name of the size that editors see
	pictures.Figures
}

// lines are the texts of a card that can be cut, in the order of the form.
var lines = []string{"headline", "caption", "credit", "byline", "kicker", "site"}

// OfFigures checks the card in all sizes in which it was drawn, og first. photoProblem says why the photo could not be
// used; it is empty if it could, or if there is none.
func OfFigures(drawn []Drawn, photoProblem string) []Check {
	all := checks{}
	for _, line := range lines {
		if sizes := cutIn(drawn, line); len(sizes) > 0 {
			all.add(Fault, line, "The %s is cut in %s.", line, strings.Join(sizes, ", "))
		}
	}
	if len(drawn) == 0 {
		return all
	}
	og := drawn[0]
	if px := og.HeadlinePx * feedWidth / float64(og.Size.W); px < readableInFeed {
		all.add(Note, "font_step", "The headline is small: %.0f pixels high in a feed.", px)
	}
	all.addIf(photoProblem != "", Fault, "photo", "The photo cannot be used: %s.", photoProblem)
	all.addIf(og.Photo.X > 0 && og.Photo.X < wideCard, Fault, "photo",
		"The photo is only %d pixels wide: below %d it looks blurred, and networks show a small card.", og.Photo.X, wideCard)
	for _, d := range drawn {
		if low := minContrast(d.Headline, d.Caption); low > 0 && low < leastContrast {
			all.add(Fault, "theme", "In %s the text has a contrast of %.1f to 1; it should be at least %.1f.", d.Label, low,
				leastContrast)
		}
	}
	for _, w := range og.Warnings {
		all.add(Fault, "", "%s.", w)
	}
	return all
}

// cutIn returns the labels of the sizes in which the line is cut.
func cutIn(drawn []Drawn, line string) (sizes []string) {
	for _, d := range drawn {
		if slices.Contains(d.Truncated, line) {
			sizes = append(sizes, d.Label)
		}
	}
	return sizes
}

// minContrast returns the lower of two contrast ratios. It ignores a ratio of 0, which means that there is no such
// text.
func minContrast(headline, caption float64) float64 {
	if caption == 0 || headline > 0 && headline < caption {
		return headline
	}
	return caption
}
