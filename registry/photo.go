package registry

import (
	"context"
	"errors"

	"cards/article"
	"cards/library"
	"cards/store"
)

// photo has the article's photo from its source, keeps it and names it; empty where there is none. Where
// the source has an outage, an article that is not withdrawn keeps the photo that it had from there. A
// photo that fails is a warning, with Strict an error.
func (r *Registry) photo(ctx context.Context, a article.Article, o PutOptions) (id string, warnings []Warning, err error) {
	if a.Photo.URL == "" {
		return "", nil, nil
	}
	have := r.photos.Keep
	if o.DryRun {
		have = r.photos.Check
	}
	p, fault := have(ctx, a.Photo.URL)
	switch {
	case fault == nil:
		return p.ID, nil, nil
	case o.Strict || !isPhotoFault(fault):
		return "", nil, fault
	}
	if library.Outage(fault) {
		if id, err = r.photoBefore(ctx, a); err != nil {
			return "", nil, err
		}
	}
	return id, []Warning{r.photoWarning(ctx, a.ID, id, fault)}, nil
}

// photoBefore is the photo that the article had from the same address before; empty where it had none,
// was withdrawn since, or its photo is lost.
func (r *Registry) photoBefore(ctx context.Context, a article.Article) (string, error) {
	current, err := r.store.Article(ctx, a.ID)
	switch {
	case errors.Is(err, store.ErrNotFound), errors.Is(err, store.ErrGone):
		return "", nil
	case err != nil:
		return "", err
	case current.PhotoID == "" || current.Article.Photo.URL != a.Photo.URL:
		return "", nil
	}
	if _, err := r.photos.Check(ctx, current.PhotoID); err != nil {
		r.log.ErrorContext(ctx, "kept photo is lost", "article", a.ID, "photo", current.PhotoID, "error", err)
		return "", nil
	}
	return current.PhotoID, nil
}

// incomplete is the API's code of half a photo.
const incomplete = "source_incomplete"

// photoWarning says what became of the card; kept names the photo that it keeps.
func (r *Registry) photoWarning(ctx context.Context, id, kept string, fault error) Warning {
	if kept != "" {
		r.log.WarnContext(ctx, "article registered with the photo that it had", "article", id, "photo", kept, "error", fault)
		w := Warning{Code: codeOf(fault), Field: "photo.url"}
		w.Message = "the photo's source cannot be asked now; the card keeps the photo that it had"
		if w.Code == incomplete {
			w.Message = "only a part of the photo came; the card keeps the photo that it had"
		}
		return w
	}
	w := r.warning(ctx, id, fault)
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
