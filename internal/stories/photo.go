package stories

import (
	"context"
	"errors"
	"fmt"

	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/iptc"
	"newsroom.example/cards/internal/photos"
	"newsroom.example/cards/internal/store"
)

// fetched is the result of fetching an article's photo.
type fetched struct {
	id      string      // of the photo; empty if there is none
	says    iptc.Fields // what its file says
	problem error       // why there is none; nil if the article has no photo
}

// outage reports whether the problem says nothing about the photo itself.
func (f fetched) outage() bool { return f.problem != nil && photos.Outage(f.problem) }

// fetch fetches and stores the article's photo. The source may confirm the photo that the article shows. With DryRun
// fetch does not store the photo. With Strict a photo that fails is an error.
func (s *Service) fetch(ctx context.Context, a article.Article, o PutOptions) (fetched, error) {
	shown, err := s.shown(ctx, a)
	if err != nil {
		return fetched{}, err
	}
	if shown == store.NoPhoto {
		shown = ""
	}
	return s.fetchUnless(ctx, a, shown, o)
}

// fetchUnless is fetch for an article that shows the photo with the ID shown. If that is empty, the source must send
// the photo.
func (s *Service) fetchUnless(ctx context.Context, a article.Article, shown string, o PutOptions) (fetched, error) {
	if a.Photo.URL == "" {
		return fetched{}, nil
	}
	get := s.photos.Keep
	if o.DryRun {
		get = s.photos.Check
	}
	p, problem := get(ctx, a.Photo.URL, shown)
	if problem != nil && (o.Strict || !fault.KindOf(problem).OfPhoto()) {
		return fetched{}, problem
	}
	return fetched{p.ID, p.Says, problem}, nil
}

// choose returns the ID of the photo that the article will show: the fetched one or, after an outage, the one that it
// showed before. It is store.NoPhoto if that photo was withdrawn. A photo that fails is a warning.
func (s *Service) choose(ctx context.Context, a article.Article, got fetched) (id string, w []Warning, err error) {
	var lost error
	switch {
	case got.problem == nil:
		return got.id, nil, nil
	case fault.KindOf(got.problem) == fault.PhotoGone:
		id = store.NoPhoto
	case got.outage():
		if id, lost, err = s.previousPhoto(ctx, a); err != nil {
			return "", nil, err
		}
	}
	w = []Warning{photoWarning(a.ID, id, got.problem)}
	if errors.Is(lost, photos.ErrDamaged) {
		w = append(w, ofPhotoURL(fault.KindOf(lost), sentence(fault.MessageOf(lost))))
	}
	return id, w, nil
}

// shown returns the ID of the photo that the article shows now from the same URL, store.NoPhoto if that was withdrawn.
// It is empty if the article shows none, is new, or was withdrawn.
func (s *Service) shown(ctx context.Context, a article.Article) (id string, err error) {
	current, err := s.store.Article(ctx, a.ID)
	switch {
	case isAbsent(err):
		return "", nil
	case err != nil:
		return "", err
	case current.Article.Photo.URL != a.Photo.URL:
		return "", nil
	}
	return current.PhotoID, nil
}

// previousPhoto is like shown, but returns "" if the photo can no longer be read; lost says why. If ctx is done, nothing
// is known about the photo, and err is that of ctx.
func (s *Service) previousPhoto(ctx context.Context, a article.Article) (id string, lost, err error) {
	id, err = s.shown(ctx, a)
	if err != nil || id == "" || id == store.NoPhoto {
		return id, nil, err
	}
	_, lost = s.photos.Check(ctx, id, id)
	switch {
	case ctx.Err() != nil:
		return "", nil, ctx.Err()
	case fault.KindOf(lost) == fault.PhotoGone:
		return store.NoPhoto, nil, nil
	case lost != nil:
		s.log.ErrorContext(ctx, "kept photo is lost", "article", a.ID, "photo", id, "error", lost)
		return "", lost, nil
	}
	return id, nil, nil
}

// incomplete is the API's error code for an incomplete photo.
const incomplete = "source_incomplete"

// photoWarning returns the warning for a photo that failed. kept is the ID of the photo that the article keeps
// showing; empty if there is none.
func photoWarning(id, kept string, problem error) Warning {
	if kept != "" && kept != store.NoPhoto {
		w := ofPhotoURL(fault.KindOf(problem),
			"The photo's source cannot be asked now; the card keeps the photo that it had.")
		w.Err = fmt.Errorf("article %s keeps the photo %s: %w", id, kept, problem)
		if w.Code == incomplete {
			w.Message = "Only a part of the photo came; the card keeps the photo that it had."
		}
		return w
	}
	w := warning(id, problem)
	if w.Code == incomplete && kept == "" {
		w.Message = "Only a part of the photo came; cards show that, and the whole photo once its source gives it."
	}
	return w
}

// photoMark returns the part of the version that identifies the photo's bytes, or their absence. It is empty if the
// article itself does: it has no photo, or names a stored one by its ID.
func photoMark(a article.Article, photoID string) string {
	if a.Photo.URL == "" || a.Photo.URL == photoID {
		return ""
	}
	return "\x00photo " + photoID
}
