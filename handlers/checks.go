package handlers

import (
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/pictures"
)

// typed is what stands in the studio's form.
type typed struct {
	card                  card.Card
	url, alt, description string
}

// What networks show, in characters and pixels. (X Developer Platform, Cards markup; Meta for
// Developers, Images in link shares)
const (
	xTitle         = 70  // of the headline that X lays over the picture
	wideCard       = 600 // a photo narrower than this makes a small card on Facebook
	feedWidth      = 500 // of a card in a feed on a computer, in CSS pixels
	readableInFeed = 16  // CSS pixels of a headline in it
	leastContrast  = 4.5 // WCAG 2.2, success criterion 1.4.3
)

// formChecks says what an editor can mend before anything is drawn. links are the story's, of
// which X's may have had to cut the headline.
func formChecks(f typed, links []api.ShareLink) []api.StudioCheck {
	checks := []api.StudioCheck{}
	add := func(wrong bool, level api.StudioCheckLevel, field, message string) {
		if wrong {
			checks = append(checks, api.StudioCheck{Level: level, Field: field, Message: message})
		}
	}
	n, photo := utf8.RuneCountInString(f.card.Headline), f.card.Photo.URL != ""
	add(f.url == "", api.Fault, "url", "The story has no address: there are no links and tags yet.")
	add(strings.HasPrefix(f.url, "http://"), api.Note, "url", "The address is not https: KakaoTalk and others fetch https alone.")
	add(postIsCut(links, f.card.Headline), api.Fault, "headline", "The post on X cuts the headline: text and address share 280 characters, and a Hangul syllable counts as two.")
	add(n > xTitle, api.Note, "headline", fmt.Sprintf("X shows about %d characters of the headline over the picture; this one has %d.", xTitle, n))
	add(!photo, api.Note, "photo", "There is no photo: the card is drawn in type alone.")
	add(photo && f.alt == "", api.Note, "alt", "The photo has no description for readers who cannot see it; the headline stands in.")
	add(photo && f.card.Caption == "", api.Note, "caption", "The photo has no caption.")
	add(photo && f.card.Credit == "", api.Note, "credit", "The photo names no agency or photographer.")
	add(f.description == "" && f.card.Caption == "", api.Note, "description", "There is no description: networks repeat the headline.")
	add(f.card.Site == "", api.Note, "site", "The publication is not named on the card.")
	return checks
}

// htmlChecks name the fields of the form that are shown decoded from HTML.
func htmlChecks(q url.Values) (checks []api.StudioCheck) {
	for _, name := range studioFields {
		if name != "url" && name != "photo" && card.IsHTML(q.Get(name)) {
			checks = append(checks, api.StudioCheck{Level: api.Note, Field: name,
				Message: "The text came as HTML: on the card, in the tags and links it stands without character references and tags."})
		}
	}
	return checks
}

// postIsCut reports a headline that does not stand whole in the post on X.
func postIsCut(links []api.ShareLink, headline string) bool {
	for _, l := range links {
		if l.Target != "twitter" {
			continue
		}
		u, err := url.Parse(l.Url)
		return err == nil && u.Query().Get("text") != headline
	}
	return false
}

// measured is the figures of a size.
type measured struct {
	size card.NamedSize
	pictures.Figures
}

// figureChecks says what the figures of all sizes show to be wrong.
func figureChecks(all []measured) []api.StudioCheck {
	checks := []api.StudioCheck{}
	add := func(level api.StudioCheckLevel, field, format string, args ...any) {
		checks = append(checks, api.StudioCheck{Level: level, Field: field, Message: fmt.Sprintf(format, args...)})
	}
	cut := map[string][]string{}
	for _, m := range all {
		for _, role := range m.Truncated {
			cut[role] = append(cut[role], sizeNames[m.size.Name])
		}
	}
	for _, role := range []string{"headline", "caption", "credit", "byline", "kicker", "site"} {
		if sizes := cut[role]; len(sizes) > 0 {
			add(api.Fault, role, "The %s is cut in %s.", role, strings.Join(sizes, ", "))
		}
	}
	if len(all) == 0 {
		return checks
	}
	og := all[0]
	if px := og.HeadlinePx * feedWidth / float64(og.size.Size.W); px < readableInFeed {
		add(api.Note, "font_step", "In a feed the headline is %.0f pixels high, which is small.", px)
	}
	if og.Degraded != nil {
		add(api.Fault, "photo", "The photo cannot be used: %s.", refusalOf(og.Degraded).message)
	}
	if og.Photo.X > 0 && og.Photo.X < wideCard {
		add(api.Fault, "photo", "The photo is %d pixels wide: under %d it looks soft, and networks make the card small.", og.Photo.X, wideCard)
	}
	for _, m := range all {
		if low := lowest(m.Headline, m.Caption); low > 0 && low < leastContrast {
			add(api.Fault, "theme", "In %s the text has a contrast of %.1f to 1; %.1f is the least.", sizeNames[m.size.Name], low, leastContrast)
		}
	}
	for _, w := range og.Warnings {
		add(api.Fault, "", "%s.", w)
	}
	return checks
}

// lowest is the lower contrast of those that there are.
func lowest(headline, caption float64) float64 {
	if caption == 0 || headline > 0 && headline < caption {
		return headline
	}
	return caption
}
