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
		Site: a.Site, Lang: a.Lang, Badge: a.Badge, Photo: api.ArticlePhoto{Url: a.Photo.URL, Alt: a.Photo.Alt},
		Portrait: api.ArticlePhoto{Url: a.Portrait.URL, Alt: a.Portrait.Alt},
		Template: a.Template, Theme: a.Theme, FontStep: a.FontStep,
		PublishedAt: a.PublishedAt, UpdatedAt: a.UpdatedAt, EmbargoUntil: a.EmbargoUntil,
		Kind: api.ArticleKind(a.Kind), Tags: a.Tags, Description: a.Description,
		Deck: a.Deck, Speaker: a.Speaker, SpeakerRole: a.SpeakerRole, Fields: a.Fields,
	}
	f.Photo.Focal, f.Portrait.Focal = focal(a.Photo), focal(a.Portrait)
	return f
}

func focal(p article.Photo) []float64 {
	if p.Focal == nil {
		return nil
	}
	return []float64{p.Focal.X, p.Focal.Y}
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
