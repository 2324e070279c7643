package present

import (
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/article"
)

// Fields converts an article to the body of the PUT that registers it again.
func Fields(a article.Article) api.Article {
	f := api.Article{
		Format: api.ArticleFormat(a.Format), Url: a.URL, SharedUrl: a.Shared,
		Headline: a.Headline, Caption: a.Caption, Credit: a.Credit, Byline: Byline(a), Kicker: a.Kicker,
		Site: a.Site, Lang: a.Lang, Badge: a.Badge, Photo: photo(a.Photo),
		Portrait: photo(a.Portrait),
		Template: a.Template, Theme: a.Theme, FontStep: a.FontStep,
		PublishedAt: a.PublishedAt, UpdatedAt: a.UpdatedAt, EmbargoUntil: a.EmbargoUntil,
		Kind: api.ArticleKind(a.Kind), Tags: a.Tags, Description: a.Description,
		Deck: a.Deck, Speaker: a.Speaker, SpeakerRole: a.SpeakerRole, Fields: a.Fields,
	}
	return f
}

func photo(p article.Photo) api.ArticlePhoto {
	shown := api.ArticlePhoto{Url: p.URL, Alt: p.Alt,
		Rights: api.PhotoRights{Expires: p.Rights.Expires, Territories: p.Rights.Territories}}
	if p.Rights.NotSocial {
		shown.Rights.Social = new(bool)
	}
	if p.Focal != nil {
		shown.Focal = []float64{p.Focal.X, p.Focal.Y}
	}
	return shown
}

// withFields returns the answer with the fields of the article.
func withFields(r api.RegisteredArticle, a article.Article) api.RegisteredArticle {
	f := Fields(a)
	r.Url, r.SharedUrl = f.Url, f.SharedUrl
	r.Format, r.Headline, r.Caption, r.Credit = f.Format, f.Headline, f.Caption, f.Credit
	r.Byline, r.Kicker = f.Byline, f.Kicker
	r.Site, r.Lang, r.Badge, r.Photo = f.Site, f.Lang, f.Badge, f.Photo
	r.Portrait = f.Portrait
	r.Template, r.Theme, r.FontStep = f.Template, f.Theme, f.FontStep
	r.PublishedAt, r.UpdatedAt, r.EmbargoUntil = f.PublishedAt, f.UpdatedAt, f.EmbargoUntil
	r.Kind, r.Tags, r.Description = f.Kind, f.Tags, f.Description
	r.Deck, r.Speaker, r.SpeakerRole, r.Fields = f.Deck, f.Speaker, f.SpeakerRole, f.Fields
	return r
}

// Warnings converts warnings to the API's form.
func Warnings(all []article.Warning) (shown []api.Warning) {
	for _, w := range all {
		shown = append(shown, api.Warning{Code: w.Code, Field: w.Field, Message: w.Message, Size: w.Size})
	}
	return shown
}
