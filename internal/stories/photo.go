package stories

import (
	"context"
	"errors"

	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/photos"
	"newsroom.example/cards/internal/store"
)

// fetched is what the source of an article's photo gave.
type fetched struct {
	id      string // of the photo; empty: there is none
	problem error  // why there is none; nil where the article has no photo
}

// outage reports that the source said nothing about its photo.
func (f fetched) outage() bool { return f.problem != nil && photos.Outage(f.problem) }

// fetch has the article's photo from its source and keeps it. With Strict a photo that fails is an error.
func (s *Service) fetch(ctx context.Context, a article.Article, o PutOptions) (fetched, error) {
	if a.Photo.URL == "" {
		return fetched{}, nil
	}
	shown, err := s.shown(ctx, a)
	if err != nil {
		return fetched{}, err
	}
	have := s.photos.Keep
	if o.DryRun {
		have = s.photos.Check
	}
	p, problem := have(ctx, a.Photo.URL, shown)
	if problem != nil && (o.Strict || !fault.KindOf(problem).OfPhoto()) {
		return fetched{}, problem
	}
	return fetched{p.ID, problem}, nil
}

// choose names the photo that the article shows now: the one that was fetched; after an outage the one that
// it showed before. A photo that fails is a warning.
func (s *Service) choose(ctx context.Context, a article.Article, got fetched) (id string, w []Warning, err error) {
	if got.problem == nil {
		return got.id, nil, nil
	}
	if got.outage() {
		if id, err = s.photoBefore(ctx, a); err != nil {
			return "", nil, err
		}
	}
	return id, []Warning{s.photoWarning(ctx, a.ID, id, got.problem)}, nil
}

// shown is the photo that the article shows now from the same address; empty where it shows none, is new or
// was withdrawn.
func (s *Service) shown(ctx context.Context, a article.Article) (id string, err error) {
	current, err := s.store.Article(ctx, a.ID)
	switch {
	case errors.Is(err, store.ErrNotFound), errors.Is(err, store.ErrGone):
		return "", nil
	case err != nil:
		return "", err
	case current.Article.Photo.URL != a.Photo.URL:
		return "", nil
	}
	return current.PhotoID, nil
}

// photoBefore is shown, where that photo can be read. A caller who has gone says nothing about it.
func (s *Service) photoBefore(ctx context.Context, a article.Article) (string, error) {
	id, err := s.shown(ctx, a)
	if err != nil || id == "" {
		return "", err
	}
	_, err = s.photos.Check(ctx, id, id)
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	if err != nil {
		s.log.ErrorContext(ctx, "kept photo is lost", "article", a.ID, "photo", id, "error", err)
		return "", nil
	}
	return id, nil
}

// incomplete is the API's code of half a photo.
const incomplete = "source_incomplete"

// photoWarning says what became of the card; kept names the photo that it keeps.
func (s *Service) photoWarning(ctx context.Context, id, kept string, problem error) Warning {
	if kept != "" {
		s.log.WarnContext(ctx, "article registered with the photo that it had", "article", id, "photo", kept,
			"error", problem)
		w := Warning{Code: fault.KindOf(problem).Code(), Field: "photo.url"}
		w.Message = "the photo's source cannot be asked now; the card keeps the photo that it had"
		if w.Code == incomplete {
			w.Message = "only a part of the photo came; the card keeps the photo that it had"
		}
		return w
	}
	w := s.warning(ctx, id, problem)
	if w.Code == incomplete {
		w.Message = "only a part of the photo came; cards show that, and the whole photo once its source gives it"
	}
	return w
}

// photoMark is the photo's part of a version: its bytes, or that there are none. An upload's name in the
// article says that already.
func photoMark(a article.Article, photoID string) string {
	if a.Photo.URL == "" || a.Photo.URL == photoID {
		return ""
	}
	return "\x00photo " + photoID
}
