package stories

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/iptc"
	"newsroom.example/cards/internal/photos"
	"newsroom.example/cards/internal/pictures"
	"newsroom.example/cards/internal/store"
)

// ErrPortrait says that an error of kind photo is that of an article's portrait.
var ErrPortrait = pictures.ErrPortrait

// picture is one of the two pictures that an article can have.
type picture struct {
	field, name string // of its URL in the API, and in sentences
	url         func(article.Article) string
	id          func(store.Record) string // of the stored photo that the version shows
}

var (
	thePhoto = picture{photoField, "photo",
		func(a article.Article) string { return a.Photo.URL }, func(r store.Record) string { return r.PhotoID }}
	thePortrait = picture{portraitField, "portrait",
		func(a article.Article) string { return a.Portrait.URL },
		func(r store.Record) string { return r.Article.PortraitID }}
)

// shownIDs are the IDs of the photo and the portrait that a version shows. Each is empty if there is none, and
// store.NoPhoto if it was withdrawn.
type shownIDs struct{ photo, portrait string }

func idsOf(r store.Record) shownIDs { return shownIDs{r.PhotoID, r.Article.PortraitID} }

// fetched is the result of fetching one of an article's pictures.
type fetched struct {
	id      string      // of the photo; empty if there is none
	says    iptc.Fields // what its file says
	problem error       // why there is none; nil if the article has no photo
}

// outage reports whether the problem says nothing about the photo itself.
func (f fetched) outage() bool { return f.problem != nil && photos.Outage(f.problem) }

// fetchedPair is the result of fetching an article's photo and its portrait.
type fetchedPair struct{ photo, portrait fetched }

func (f fetchedPair) of(p picture) fetched {
	if p.field == portraitField {
		return f.portrait
	}
	return f.photo
}

// fetch fetches and stores the article's photo and portrait. Their sources may confirm those that the article shows.
// With DryRun fetch does not store them. With Strict one that fails is an error.
func (s *Service) fetch(ctx context.Context, a article.Article, o PutOptions) (fetchedPair, error) {
	photo, err := s.shown(ctx, a, thePhoto)
	if err != nil {
		return fetchedPair{}, err
	}
	portrait, err := s.shown(ctx, a, thePortrait)
	if err != nil {
		return fetchedPair{}, err
	}
	return s.fetchUnless(ctx, a, shownIDs{photo, portrait}, o)
}

// fetchUnless is fetch for an article that shows the photos with the IDs shown. If one is empty, its source must send
// the photo.
func (s *Service) fetchUnless(
	ctx context.Context, a article.Article, shown shownIDs, o PutOptions,
) (got fetchedPair, err error) {
	if a.Portrait.URL == "" {
		got.photo, err = s.fetchOne(ctx, a, thePhoto, shown.photo, o)
		return got, err
	}
	var failed error
	var both sync.WaitGroup
	both.Go(func() { // at the same time, so that a story with two pictures takes no longer
		defer func() {
			if r := recover(); r != nil {
				failed = fmt.Errorf("portrait of %s: %w", a.ID, fault.Panic(r))
			}
		}()
		got.portrait, failed = s.fetchOne(ctx, a, thePortrait, shown.portrait, o)
	})
	got.photo, err = s.fetchOne(ctx, a, thePhoto, shown.photo, o)
	both.Wait()
	if err == nil && failed != nil {
		err = fmt.Errorf("%w: %w", pictures.ErrPortrait, failed)
	}
	return got, err
}

func (s *Service) fetchOne(
	ctx context.Context, a article.Article, p picture, shown string, o PutOptions,
) (fetched, error) {
	if p.url(a) == "" {
		return fetched{}, nil
	}
	if s.bar(a, p) != article.NoBar {
		return fetched{id: store.NoPhoto}, nil // nothing shows it
	}
	if shown == store.NoPhoto {
		shown = ""
	}
	get := s.photos.Keep
	if o.DryRun {
		get = s.photos.Check
	}
	got, problem := get(ctx, p.url(a), shown)
	if problem != nil && (o.Strict || !fault.KindOf(problem).OfPhoto()) {
		return fetched{}, problem
	}
	return fetched{got.ID, got.Says, problem}, nil
}

// choose returns the IDs of the photo and the portrait that the article will show: the fetched ones or, after an
// outage, those that it showed before. One that fails is a warning.
func (s *Service) choose(ctx context.Context, a article.Article, got fetchedPair) (shownIDs, []Warning, error) {
	photo, all, err := s.chooseOne(ctx, a, thePhoto, got.photo)
	if err != nil {
		return shownIDs{}, nil, err
	}
	portrait, more, err := s.chooseOne(ctx, a, thePortrait, got.portrait)
	return shownIDs{photo, portrait}, append(all, more...), err
}

// chooseOne returns the ID of the photo that the article will show. It is store.NoPhoto if that photo was withdrawn.
func (s *Service) chooseOne(
	ctx context.Context, a article.Article, p picture, got fetched,
) (id string, w []Warning, err error) {
	var lost error
	switch {
	case got.problem == nil:
		return got.id, nil, nil
	case fault.KindOf(got.problem) == fault.PhotoGone:
		id = store.NoPhoto
	case got.outage():
		if id, lost, err = s.previousPhoto(ctx, a, p); err != nil {
			return "", nil, err
		}
	}
	w = []Warning{p.failed(a.ID, id, got.problem)}
	if errors.Is(lost, photos.ErrDamaged) {
		w = append(w, p.warning(fault.KindOf(lost), sentence(fault.MessageOf(lost))))
	}
	return id, w, nil
}

// afterWithdrawal returns what was fetched without what was withdrawn since, for which the version was refused with the
// error.
func (s *Service) afterWithdrawal(
	ctx context.Context, rec store.Record, got fetchedPair, refused error,
) (fetchedPair, error) {
	if id := rec.Article.PortraitID; id != "" {
		withdrawn, err := s.store.PhotoWithdrawn(ctx, id)
		if err != nil {
			return got, err
		}
		if withdrawn {
			got.portrait = fetched{problem: refused}
			if rec.PhotoID != id {
				return got, nil // a photo that was withdrawn, too, is refused next
			}
		}
	}
	got.photo = fetched{problem: refused}
	return got, nil
}

// shown returns the ID of the photo that the article shows now from the same URL, store.NoPhoto if that was withdrawn.
// It is empty if the article shows none, is new, or was withdrawn.
func (s *Service) shown(ctx context.Context, a article.Article, p picture) (id string, err error) {
	if p.url(a) == "" {
		return "", nil
	}
	current, err := s.current(ctx, a.ID)
	switch {
	case isAbsent(err):
		return "", nil
	case err != nil:
		return "", err
	case p.url(current.Article) != p.url(a):
		return "", nil
	}
	return p.id(current), nil
}

// previousPhoto is like shown, but returns "" if the photo can no longer be read; lost says why. If ctx is done,
// nothing is known about the photo, and err is that of ctx.
func (s *Service) previousPhoto(ctx context.Context, a article.Article, p picture) (id string, lost, err error) {
	id, err = s.shown(ctx, a, p)
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

// failed returns the warning for a photo that failed. kept is the ID of the photo that the article keeps showing; empty
// if there is none.
func (p picture) failed(id, kept string, problem error) Warning {
	if kept != "" && kept != store.NoPhoto {
		w := p.warning(fault.KindOf(problem),
			"The "+p.name+"'s source cannot be asked now; the card keeps the "+p.name+" that it had.")
		w.Err = fmt.Errorf("article %s keeps the %s %s: %w", id, p.name, kept, problem)
		if w.Code == incomplete {
			w.Message = "Only a part of the " + p.name + " came; the card keeps the " + p.name + " that it had."
		}
		return w
	}
	w := p.unused(id, problem)
	if w.Code == incomplete && kept == "" {
		w.Message = "Only a part of the " + p.name + " came; cards show that, and the whole " + p.name +
			" once its source gives it."
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
