// Package audit checks stories that are not registered: articles as a CMS would send them, and public pages. Besides
// what package advice finds in the story, it says what the tags of a page lack. It stores nothing.
package audit

import (
	"context"
	"slices"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/advice"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/fetch"
	"newsroom.example/cards/internal/page"
	"newsroom.example/cards/internal/photo"
	"newsroom.example/cards/internal/pictures"
	"newsroom.example/cards/render"
)

// Fetcher fetches pages and photos. *fetch.Client implements it.
type Fetcher interface {
	Page(ctx context.Context, rawURL string) (fetch.Page, error)
	MediaBytes(ctx context.Context, rawURL string) ([]byte, error)
}

// Auditor checks stories. It is safe for concurrent use.
type Auditor struct {
	Fetcher  Fetcher
	Decoder  *photo.Decoder
	Renderer *render.Renderer
	// OfPage returns the article that would be registered for a page.
	OfPage func(page.Story) (article.Article, error)
}

// Report is what was found in one story.
type Report struct {
	Story  string // what was checked: the address of a page, or the name of an article
	Checks []advice.Check
	Err    error // why the story could not be checked; nil if it was
}

// IsClean reports whether the story was checked and has no warning. Hints do not count.
func (r Report) IsClean() bool {
	return r.Err == nil && !slices.ContainsFunc(r.Checks, func(c advice.Check) bool { return !c.Hint })
}

// Article checks an article as a CMS sends it. Of its fields that are invalid the report has one check each.
func (a *Auditor) Article(ctx context.Context, name string, given article.Article) Report {
	r := Report{Story: name}
	normal, err := given.Normalize()
	if err != nil {
		r.Checks = ofFields(err)
		return r
	}
	r.Checks, _, r.Err = a.story(ctx, normal, given.HTMLFields())
	return r
}

// Page checks a public page: its tags, and the story that they tell.
func (a *Auditor) Page(ctx context.Context, address string) Report {
	r := Report{Story: address}
	got, err := a.Fetcher.Page(ctx, address)
	if err != nil {
		r.Err = err
		return r
	}
	story, tags := page.Read(got.Data, got.Type, got.URL), page.ReadTags(got.Data, got.Type, got.URL)
	normal, err := a.OfPage(story)
	if err != nil {
		r.Checks = append(ofTags(tags, picture{}), ofFields(err)...)
		return r
	}
	checks, measured, err := a.story(ctx, normal, nil)
	if measured.of != tags.Image {
		measured = picture{}
	}
	r.Checks, r.Err = append(ofTags(tags, measured), checks...), err
	return r
}

// ofFields returns one check for each invalid field.
func ofFields(err error) (all []advice.Check) {
	for _, f := range card.FieldErrors(err) {
		all = append(all, advice.Check{Kind: advice.Kind{Code: fault.Invalid.Code(), Level: advice.Fault}, Field: f.Field,
			Message: "This field " + f.Problem + "."})
	}
	return all
}

// picture is what is known of a story's photo.
type picture struct {
	of            string // its address
	width, height int    // pixels; 0 if it could not be read
}

// story checks a normalized article and its cards.
func (a *Auditor) story(ctx context.Context, normal article.Article, html []string) ([]advice.Check, picture, error) {
	c := normal.Card(card.OpenGraph)
	if err := a.Renderer.Check(c); err != nil {
		return ofFields(err), picture{}, nil
	}
	var all []advice.Check
	figures, err := a.measure(ctx, c)
	if err != nil && fault.KindOf(err).OfPhoto() && ctx.Err() == nil {
		all = append(all, advice.PhotoProblem(fault.KindOf(err).Code(), fault.MessageOf(err)))
		figures, err = pictures.Sketch(ctx, a.Renderer, c, nil)
	}
	if err != nil {
		return nil, picture{}, err
	}
	measured := picture{of: normal.Photo.URL, width: figures[0].Photo.X, height: figures[0].Photo.Y}
	s := advice.Story{Article: normal, HTML: html, PhotoUnused: !a.Renderer.ShowsPhoto(c),
		Home: a.Renderer.Home(c)}
	return slices.Concat(all, advice.OfCards(s, advice.InSizes(figures)), advice.OfStory(s)), measured, nil
}

// measure returns the figures of the card in all sizes, with its photo if that has a URL.
func (a *Auditor) measure(ctx context.Context, c card.Card) (figures []pictures.Figures, err error) {
	if !c.Photo.ByURL() || !a.Renderer.ShowsPhoto(c) {
		return pictures.Sketch(ctx, a.Renderer, c, nil)
	}
	data, err := a.Fetcher.MediaBytes(ctx, c.Photo.URL)
	if err != nil {
		return nil, err
	}
	err = a.Decoder.Decode(ctx, data, a.Renderer.Paper(c), func(p *photo.Photo) (err error) {
		figures, err = pictures.Sketch(ctx, a.Renderer, c, p)
		return err
	})
	return figures, err
}
