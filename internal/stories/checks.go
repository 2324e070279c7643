package stories

import (
	"context"
	"errors"
	"slices"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/advice"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/pictures"
	"newsroom.example/cards/internal/store"
)

// checks returns what package advice finds in a version and its cards. figures are those of pictures.Service.Sketch;
// nil if the cards could not be measured.
func (s *Service) checks(ctx context.Context, rec store.Record, figures []pictures.Figures) ([]Warning, error) {
	a := rec.Shown()
	twin, err := s.store.OtherWithURL(ctx, a.URL, a.ID)
	if err != nil {
		return nil, err
	}
	c, _ := s.drawable(a.Card(card.OpenGraph))
	story := advice.Story{Article: a, Twin: twin, Barred: s.barred(rec.Article),
		PhotoUnused: !s.designs.ShowsPhoto(c), Home: s.designs.Home(c)}
	return warnings(slices.Concat(advice.OfCards(story, advice.InSizes(figures)), advice.OfStory(story))), nil
}

// warnings returns the checks that are warnings.
func warnings(checks []advice.Check) (all []Warning) {
	for _, w := range advice.Warnings(checks) {
		all = append(all, Warning{Warning: w})
	}
	return all
}

// Audit checks the current version of an article again, with the photo that it shows. It stores nothing. Errors:
// store.ErrNotFound, store.ErrGone, pictures.ErrOverloaded, and those of the store.
func (s *Service) Audit(ctx context.Context, id string) (Result, error) {
	rec, err := s.current(ctx, id)
	if err != nil {
		return Result{}, err
	}
	c, _ := s.inDesigns(ctx, rec, card.OpenGraph)
	c, unknown := s.drawable(c)
	figures, err := s.previews.Sketch(ctx, c)
	if err != nil {
		return Result{}, err
	}
	checks, err := s.checks(ctx, rec, figures)
	if err != nil {
		return Result{}, err
	}
	return Result{Record: rec, Warnings: slices.Concat(unknown, s.ofPictures(rec, figures), checks)}, nil
}

// ofPictures returns a warning for each picture of the version that its cards do not show.
func (s *Service) ofPictures(rec store.Record, figures []pictures.Figures) (all []Warning) {
	for _, p := range []picture{thePhoto, thePortrait} {
		if p.id(rec) == store.NoPhoto && s.bar(rec.Article, p) == article.NoBar {
			all = append(all, p.unused(rec.Article.ID, errPictureGone))
		}
	}
	if len(figures) == 0 || figures[0].Degraded == nil {
		return all
	}
	f := figures[0]
	if !errors.Is(f.Degraded, f.Portrait) {
		all = append(all, thePhoto.failed(rec.Article.ID, "", f.Degraded))
	}
	if f.Portrait != nil {
		all = append(all, thePortrait.failed(rec.Article.ID, "", f.Portrait))
	}
	return all
}

// checkedUndrawn returns the checks of a version whose og picture is not drawn. The photo may not be stored; then it is
// still in memory, under its URL. With Strict a photo that cannot be decoded is an error.
func (s *Service) checkedUndrawn(ctx context.Context, rec store.Record, o PutOptions) ([]Warning, error) {
	release, err := s.inBackground(ctx, o)
	if err != nil {
		return nil, err
	}
	defer release()
	c := cardOf(rec, card.OpenGraph)
	c.Photo.URL = s.undrawnURL(ctx, rec, thePhoto, c.Photo.URL)
	c.Portrait.URL = s.undrawnURL(ctx, rec, thePortrait, c.Portrait.URL)
	c, said := s.drawable(c)
	figures, err := s.previews.Sketch(ctx, c)
	switch {
	case errors.Is(err, pictures.ErrOverloaded), errors.Is(err, context.DeadlineExceeded):
		said = append(said, overloaded)
	case err != nil:
		return nil, err
	case len(figures) > 0 && figures[0].Degraded != nil:
		if o.Strict {
			return nil, figures[0].Degraded
		}
		said = append(said, unusedPictures(rec.Article.ID, figures[0].Degraded, figures[0].Portrait)...)
	}
	found, err := s.checks(ctx, rec, figures)
	return append(said, found...), err
}

// undrawnURL returns the address of a picture of a version that is not drawn, whose card has url.
func (s *Service) undrawnURL(ctx context.Context, rec store.Record, p picture, url string) string {
	switch id := p.id(rec); id {
	case "": // choose has added a warning
		return ""
	case store.NoPhoto:
	default:
		if _, _, err := s.photos.Describe(ctx, id); err != nil {
			return p.url(rec.Article)
		}
	}
	return url
}

// drawable returns the card as it is drawn if its theme or template was removed since, and a warning for each.
func (s *Service) drawable(c card.Card) (card.Card, []Warning) {
	var said []Warning
	for _, f := range card.FieldErrors(s.designs.Check(c)) {
		said = append(said, Warning{Warning: article.Warning{Code: fault.Invalid.Code(), Field: f.Field,
			Message: "The " + f.Field + " " + f.Problem + "; the cards are drawn with the default one."}})
		c.Theme, c.Template = "", ""
	}
	return c, said
}

// overloaded says that the cards are neither drawn nor checked yet.
var overloaded = Warning{Passing: true, Warning: article.Warning{Code: fault.Overloaded.Code(),
	Message: "The picture is drawn when it is first asked for."}}

// unchecked says that the cards are drawn, but could not be measured.
var unchecked = Warning{Passing: true, Warning: article.Warning{Code: fault.Overloaded.Code(),
	Message: "The cards could not be checked now; POST :audit checks them."}}
