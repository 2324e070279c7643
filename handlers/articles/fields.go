package articles

import (
	"encoding/json"
	"errors"
	"strings"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/clean"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/stories"
)

// fromAPI converts the body of a PUT to the article with the id. present.Fields is its inverse.
func fromAPI(id string, in api.Article) (article.Article, error) {
	byline, authors, err := parseByline(in.Byline)
	if err != nil {
		return article.Article{}, err
	}
	a := article.Article{
		ID: id, Format: clean.Format(in.Format),
		URL: in.Url, Shared: in.SharedUrl,
		Headline: in.Headline, Caption: in.Caption, Credit: in.Credit, Byline: byline, Authors: authors,
		Kicker: in.Kicker, Site: in.Site, Lang: in.Lang, Badge: in.Badge,
		Photo: photoOf(in.Photo), Portrait: photoOf(in.Portrait),
		Template: in.Template, Theme: in.Theme, FontStep: in.FontStep,
		PublishedAt: in.PublishedAt, UpdatedAt: in.UpdatedAt, EmbargoUntil: in.EmbargoUntil,
		Kind: string(in.Kind), Tags: in.Tags, Description: in.Description,
		Deck: in.Deck, Speaker: in.Speaker, SpeakerRole: in.SpeakerRole, Fields: in.Fields,
	}
	a.Photo.Focal, err = focalOf("photo.focal", in.Photo.Focal)
	if err != nil {
		return a, err
	}
	a.Portrait.Focal, err = focalOf("portrait.focal", in.Portrait.Focal)
	return a, err
}

// photoOf returns a photo without its focal point.
func photoOf(in api.ArticlePhoto) article.Photo {
	return article.Photo{URL: in.Url, Alt: in.Alt, Rights: article.Rights{Expires: in.Rights.Expires,
		Territories: in.Rights.Territories, NotSocial: in.Rights.Social != nil && !*in.Rights.Social}}
}

// focalOf returns the focal point of the field; nil if it has none.
func focalOf(field string, point []float64) (*card.Focal, error) {
	switch len(point) {
	case 0:
		return nil, nil
	case 2:
		return &card.Focal{X: point[0], Y: point[1]}, nil
	}
	return nil, fault.InField(field, "must be two numbers, [x, y]")
}

// fieldsOf returns the fields of an article of a batch that a PUT has too.
func fieldsOf(in api.BatchArticle) (a api.Article) {
	raw, err := json.Marshal(in)
	if err == nil {
		_ = json.Unmarshal(raw, &a) // cannot fail: the fields have the same types
	}
	return a
}

// withOtherFaults adds the errors of the article's valid fields to those of decoding the body, so that
// one response lists them all.
func withOtherFaults(err error, id string, in api.Article) error {
	named := map[string]bool{}
	for _, f := range card.FieldErrors(err) {
		name, _, _ := strings.Cut(f.Field, ".")
		named[name] = true
	}
	a, convErr := fromAPI(id, in)
	if len(named) == 0 || named["body"] || convErr != nil {
		return err
	}
	_, others := a.Normalize()
	for _, f := range card.FieldErrors(others) {
		if name, _, _ := strings.Cut(f.Field, "."); !named[name] {
			err = errors.Join(err, f)
		}
	}
	return err
}

// photoFault adds the field of the photo or of the portrait to an error of it; other errors are returned unchanged.
func photoFault(err error) error {
	if kind := fault.KindOf(err); !kind.OfPhoto() || kind == fault.PhotoOverloaded {
		return err
	}
	field := "photo.url"
	if errors.Is(err, stories.ErrPortrait) {
		field = "portrait.url"
	}
	return errors.Join(err, fault.InField(field, "cannot be used"))
}
