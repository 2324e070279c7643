package article

import (
	"maps"
	"slices"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/clean"
	"newsroom.example/cards/internal/weburl"
)

// Over returns the article a, which was made from the stored article by changing some fields, as plain text: what was
// changed is decoded as a.Format says, and what was not is not decoded again. html has the names of the fields that
// were taken for HTML, as HTMLFields has them. The result must still be normalized.
func (a Article) Over(stored Article) (settled Article, html []string) {
	if a.Format.Check() != nil {
		return a, nil // for Normalize to refuse
	}
	format, changed := a.Format, a
	a.Format = clean.Text
	old := stored.texts()
	for i, s := range changed.texts() {
		if *s == *old[i] {
			*s = ""
			continue
		}
		*a.texts()[i] = lineOf(format, *s)
	}
	for _, at := range []struct{ to, given, stored *string }{
		{&a.URL, &changed.URL, &stored.URL}, {&a.Shared, &changed.Shared, &stored.Shared},
		{&a.Photo.URL, &changed.Photo.URL, &stored.Photo.URL},
		{&a.Portrait.URL, &changed.Portrait.URL, &stored.Portrait.URL},
	} {
		if *at.given == *at.stored {
			*at.given = ""
		} else {
			*at.to = weburl.CleanAs(format, *at.given)
		}
	}
	if slices.Equal(changed.Tags, stored.Tags) {
		changed.Tags = nil
	}
	a.Tags = slices.Clone(a.Tags)
	for i, tag := range changed.Tags {
		a.Tags[i] = lineOf(format, tag)
	}
	changedFields := map[string]string{}
	a.Fields = maps.Clone(a.Fields)
	for name, text := range changed.Fields {
		if text != stored.Fields[name] {
			changedFields[name], a.Fields[name] = text, lineOf(format, text)
		}
	}
	changed.Fields = changedFields
	if slices.Equal(changed.Authors, stored.Authors) {
		changed.Authors = nil
	}
	a.Authors = slices.Clone(a.Authors)
	for i, by := range changed.Authors {
		a.Authors[i].Name, a.Authors[i].URL = lineOf(format, by.Name), weburl.CleanAs(format, by.URL)
	}
	return a, changed.HTMLFields()
}

// texts are the texts of an article but for its lists.
func (a *Article) texts() []*string {
	return []*string{
		&a.Headline, &a.Deck, &a.Caption, &a.Credit, &a.Byline, &a.Kicker, &a.Site, &a.Badge, &a.Speaker, &a.SpeakerRole,
		&a.Description, &a.Photo.Alt, &a.Portrait.Alt,
	}
}

// lineOf returns a text of the format as plain text. What is no text stays as it is, for Normalize to refuse.
func lineOf(format clean.Format, s string) string {
	line, err := format.Line(s, card.MaxCaption)
	if err != nil && line == (clean.String{}) {
		return s
	}
	return line.String()
}
