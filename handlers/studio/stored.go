package studio

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/clean"
)

// stored returns the values of the form of a stored article, without empty ones.
func (h *Handlers) stored(a article.Article) url.Values {
	all := url.Values{}
	for name, value := range map[string]string{
		"url": a.SharedURL(), "headline": a.Headline, "deck": a.Deck, "caption": a.Caption, "credit": a.Credit,
		"byline": a.Byline, "kicker": a.Kicker, "site": a.Site, "lang": a.Lang, "badge": a.Badge, "kind": a.Kind,
		"speaker": a.Speaker, "speaker_role": a.SpeakerRole, "description": a.Description,
		"photo": a.Photo.URL, "alt": a.Photo.Alt, "focal": focalText(a.Photo.Focal),
		"portrait": a.Portrait.URL, "portrait_alt": a.Portrait.Alt, "portrait_focal": focalText(a.Portrait.Focal),
		"template": a.Template, "theme": a.Theme, "tags": strings.Join(a.Tags, ", "),
		"published": h.local(a.PublishedAt), "embargo": h.local(a.EmbargoUntil),
	} {
		if value != "" {
			all.Set(name, value)
		}
	}
	for name, value := range h.rightsValues(a.Photo.Rights) {
		if value != "" {
			all.Set(name, value)
		}
	}
	if a.Kind == article.Kinds[0] { // as that of a story that says nothing
		all.Del("kind")
	}
	if a.FontStep != 0 {
		all.Set("font_step", strconv.Itoa(a.FontStep))
	}
	for name, text := range a.Fields {
		all.Set("fields["+name+"]", text)
	}
	return all
}

// local returns a time as the browser's control for a day and a time has it, in the zone of the service.
func (h *Handlers) local(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(h.Now().Location()).Format(publishedForm)
}

func focalText(f *card.Focal) string {
	if f == nil {
		return ""
	}
	return f.String()
}

// changed returns the names of the fields of the form that have other values in next, in the order of their names.
func changed(base, next url.Values) (names []string) {
	both := maps.Clone(base)
	maps.Copy(both, next)
	for _, name := range slices.Sorted(maps.Keys(both)) {
		if isContent(name) && plain(base.Get(name)) != plain(next.Get(name)) {
			names = append(names, name)
		}
	}
	return names
}

// isContent reports whether the form's field of the name is a part of a story.
func isContent(name string) bool {
	return isStudioField(name) && name != "size" && !slices.Contains(placeFields, name)
}

// plain returns a value as it is compared: browsers send line breaks as two characters.
func plain(value string) string { return strings.TrimSpace(strings.ReplaceAll(value, "\r\n", "\n")) }

// apply returns the article with the named values of the form. Errors: *card.FieldError, with the form's names.
func (h *Handlers) apply(a article.Article, form url.Values, names []string) (article.Article, error) {
	var f card.Fields
	for _, name := range names {
		f.Check(name, h.set(&a, name, plain(form.Get(name))))
	}
	a.Format = clean.Guess // what is unchanged is not decoded again
	return a, f.Err()
}

// set sets one field of the article from the value of the form.
func (h *Handlers) set(a *article.Article, name, value string) (err error) {
	if text := textOf(a, name); text != nil {
		*text = value
		return nil
	}
	if own, ok := strings.CutPrefix(name, "fields["); ok {
		setOwn(a, strings.TrimSuffix(own, "]"), value)
		return nil
	}
	switch name {
	case "url":
		a.URL, a.Shared = value, ""
	case "byline":
		a.Byline, a.Authors = value, nil
	case "photo":
		a.Photo.URL, a.FromPhoto = value, article.FromPhoto{}
	case "focal":
		a.Photo.Focal, err = focalOf(value)
	case "portrait_focal":
		a.Portrait.Focal, err = focalOf(value)
	case "photo_social", "photo_until", "photo_countries":
		err = h.setRights(&a.Photo.Rights, name, value)
	case "font_step":
		a.FontStep, err = stepOf(value)
	case "tags":
		a.Tags = tagsOf(value)
	case "published":
		a.PublishedAt, err = h.timeOf(value)
	case "embargo":
		a.EmbargoUntil, err = h.timeOf(value)
	}
	return err
}

// textOf returns the text of the article that the form has under the name, or nil.
func textOf(a *article.Article, name string) *string {
	return map[string]*string{
		"headline": &a.Headline, "deck": &a.Deck, "caption": &a.Caption, "credit": &a.Credit, "kicker": &a.Kicker,
		"site": &a.Site, "lang": &a.Lang, "badge": &a.Badge, "kind": &a.Kind, "speaker": &a.Speaker,
		"speaker_role": &a.SpeakerRole, "description": &a.Description, "alt": &a.Photo.Alt, "portrait": &a.Portrait.URL,
		"portrait_alt": &a.Portrait.Alt, "template": &a.Template, "theme": &a.Theme,
	}[name]
}

// setOwn sets or removes one of the newsroom's own texts. The map of the article is not changed.
func setOwn(a *article.Article, name, value string) {
	own := map[string]string{}
	maps.Copy(own, a.Fields)
	own[name] = value
	if value == "" {
		delete(own, name)
	}
	if a.Fields = own; len(own) == 0 {
		a.Fields = nil
	}
}

func tagsOf(value string) (tags []string) {
	for tag := range strings.SplitSeq(value, ",") {
		if tag = strings.TrimSpace(tag); tag != "" {
			tags = append(tags, tag)
		}
	}
	return tags
}

// formProblem is an error of a value of the form.
type formProblem string

func (p formProblem) Error() string { return string(p) }

func focalOf(value string) (*card.Focal, error) {
	if value == "" {
		return nil, nil //nolint:nilnil // the service chooses the point
	}
	f, err := card.ParseFocal(value)
	return &f, err
}

func stepOf(value string) (int, error) {
	if value == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(value)
	if err != nil {
		return 0, formProblem("must be a whole number from -2 to 2")
	}
	return n, nil
}

// timeOf parses a day and a time in the zone of the service; empty: zero.
func (h *Handlers) timeOf(value string) (time.Time, error) {
	if value == "" {
		return time.Time{}, nil
	}
	t, err := time.ParseInLocation(publishedForm, value, h.Now().Location())
	if err != nil || t.Year() < 1 {
		return time.Time{}, formProblem("must be a day and a time, such as 2026-11-23T09:30")
	}
	return t, nil
}
