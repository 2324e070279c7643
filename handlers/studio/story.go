package studio

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"newsroom.example/cards/card"
	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/web"
)

// studioFields are the fields of the studio's form and of its query: those of a card, and those that only a story has.
// "fields[]" stands for the newsroom's own texts.
var (
	cardFields = []string{"headline", "deck", "caption", "credit", "byline", "kicker", "site", "lang", "badge", "kind",
		"speaker", "speaker_role", "photo", "focal", "portrait", "portrait_focal", "template", "theme", "size", "font_step"}
	storyFields = []string{"url", "alt", "description", "published", "tags", "embargo", "portrait_alt",
		"photo_social", "photo_until", "photo_countries"}
	// placeFields say which stored story the form is of: its ID, and which of its revisions was opened (opened.mark)
	placeFields  = []string{"article", "base"}
	studioFields = slices.Concat([]string{"fields[]"}, storyFields, cardFields, placeFields)
)

// publishedForm is the form of the field published, which the browser's control for a day and a time has.
const publishedForm = "2006-01-02T15:04"

// published returns when the form's story was published, in the zone of the service; zero if it does not say.
func (h *Handlers) published(q url.Values) (time.Time, error) {
	given := q.Get("published")
	if given == "" {
		return time.Time{}, nil
	}
	t, err := time.ParseInLocation(publishedForm, given, h.Now().Location())
	if err != nil || t.Year() < 1 {
		return time.Time{}, &card.FieldError{Field: "published", Problem: "must be a day and a time, such as 2026-11-23T09:30"}
	}
	return t, nil
}

// parse returns the card of the form. The day and the time on it are those of the field published, as on the card of
// an article.
func (h *Handlers) parse(q url.Values) (card.Card, error) {
	picked := url.Values{}
	for name, v := range q {
		own := strings.HasPrefix(name, "fields[") || name == "text_format"
		if (own || slices.Contains(cardFields, name)) && v[0] != "" {
			picked.Set(name, v[0])
		}
	}
	var f card.Fields
	at, err := h.published(q)
	for _, fe := range card.FieldErrors(err) {
		f.Add(fe.Field, "%s", fe.Problem)
	}
	if !at.IsZero() {
		shown := article.Article{PublishedAt: at, Badge: q.Get("badge"), Kind: q.Get("kind")}.Card(card.OpenGraph)
		picked.Set("date", shown.Date)
		if shown.Time != "" {
			picked.Set("time", shown.Time)
		}
	}
	c, err := card.Parse(picked)
	for _, fe := range card.FieldErrors(err) {
		f.Add(fe.Field, "%s", fe.Problem)
	}
	if err := f.Err(); err != nil {
		return card.Card{}, err
	}
	return c, nil
}

// storyOf returns the story of the form: the card, and what only a story has.
func (h *Handlers) storyOf(q url.Values, asked card.Card) article.Article {
	at, err := h.published(q)
	if err != nil || at.IsZero() { // the query of a card has the day alone
		at, _ = time.Parse(time.DateOnly, asked.Date)
	}
	return article.Article{
		ID: "my-story", URL: q.Get("url"), Description: q.Get("description"), PublishedAt: at,
		Headline: asked.Headline, Caption: asked.Caption, Credit: asked.Credit, Byline: asked.Byline,
		Kicker: asked.Kicker, Site: asked.Site, Lang: asked.Lang, Badge: asked.Badge,
		Template: asked.Template, Theme: asked.Theme, FontStep: asked.FontStep,
		Deck: asked.Deck, Speaker: asked.Speaker, SpeakerRole: asked.SpeakerRole, Kind: asked.Kind, Fields: asked.Fields,
		Photo: article.Photo{URL: asked.Photo.URL, Alt: q.Get("alt"), Focal: asked.Photo.Focal,
			Rights: h.rightsOf(q)},
		Portrait: article.Photo{URL: asked.Portrait.URL, Alt: q.Get("portrait_alt"), Focal: asked.Portrait.Focal},
		Tags:     tagsOf(q.Get("tags")),
	}
}

// formName returns the studio's name of a field that the API calls otherwise.
func formName(field string) string {
	if own, ok := strings.CutPrefix(field, "fields."); ok {
		return "fields[" + own + "]"
	}
	if ours := fieldOf[field]; ours != "" {
		return ours
	}
	return field
}

// formProblems returns the problems of an error as sentences, with the form's names of fields.
func formProblems(err error) []api.FieldProblem {
	all := answer.Problems(err)
	for i, p := range all {
		name := formName(p.Field)
		all[i] = api.FieldProblem{Field: name, Message: web.FieldLabel(name) + strings.TrimPrefix(p.Message, p.Field) + "."}
	}
	return all
}
