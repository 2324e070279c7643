package stories

import (
	"cmp"
	"context"
	"errors"
	"time"

	"newsroom.example/cards/internal/advice"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/journal"
	"newsroom.example/cards/internal/store"
)

// photoOf returns the picture as the article names it.
func (p picture) photoOf(a article.Article) article.Photo {
	if p.field == portraitField {
		return a.Portrait
	}
	return a.Photo
}

// bar returns why the cards of an article may not show the picture now.
func (s *Service) bar(a article.Article, p picture) article.Bar {
	return p.photoOf(a).Bar(s.now(), s.home)
}

// barred returns the pictures of an article that its cards may not show now.
func (s *Service) barred(a article.Article) []advice.Barred {
	return advice.BarredIn(a, s.now(), s.home)
}

// current returns the current version of an article as it is at this moment. What the clock alone has changed since it
// was stored makes another version, which the job of the kind later.Rights stores.
func (s *Service) current(ctx context.Context, id string) (store.Record, error) {
	rec, err := s.store.Article(ctx, id)
	if err != nil {
		return rec, err
	}
	return s.asOfNow(rec), nil
}

// asOfNow returns the version that a current version is at this moment.
func (s *Service) asOfNow(rec store.Record) store.Record {
	ids, warnings := idsOf(rec), rec.Warnings
	if s.bar(rec.Article, thePhoto) != article.NoBar && ids.photo != store.NoPhoto {
		ids.photo, warnings = store.NoPhoto, thePhoto.without(warnings)
	}
	if s.bar(rec.Article, thePortrait) != article.NoBar && ids.portrait != store.NoPhoto {
		ids.portrait, warnings = store.NoPhoto, thePortrait.without(warnings)
	}
	if ids == idsOf(rec) && rec.Article.Clock == rec.Article.At(s.now(), s.breaking) {
		return rec
	}
	next := s.versionOf(rec.Article, ids)
	rec.Article, rec.PhotoID, rec.Version, rec.Warnings = next.Article, next.PhotoID, next.Version, warnings
	return rec
}

// asAllowed returns an earlier version without the pictures that may not be shown now, by what the article said last
// of each. until is when the next of its pictures must be gone; zero: never. without reports whether one is.
func (s *Service) asAllowed(old, current store.Record) (rec store.Record, until time.Time, without bool) {
	for _, p := range []picture{thePhoto, thePortrait} {
		url, id := p.url(old.Article), p.id(old)
		if url == "" || id == store.NoPhoto {
			continue
		}
		for _, rights := range rightsSaid(current, url, id) {
			if rights.Bar(s.now(), s.home) == article.NoBar {
				until = earlier(until, rights.Expires)
				continue
			}
			without = true
			if p.field == portraitField {
				old.Article.PortraitID = store.NoPhoto
			} else {
				old.PhotoID = store.NoPhoto
			}
		}
	}
	if without {
		old.Article = old.Article.Filling("", "")
	}
	return old, until, without
}

// rightsSaid returns what the article says of a picture with the URL and the ID: of the same one in its current
// version, or else what it said when it showed it last.
func rightsSaid(current store.Record, url, id string) (all []article.Rights) {
	for _, p := range []picture{thePhoto, thePortrait} {
		same := p.url(current.Article) == url || id != "" && p.id(current) == id
		if same {
			all = append(all, p.photoOf(current.Article).Rights)
		}
	}
	if len(all) == 0 {
		all = append(all, current.Article.Past.RightsOf(url, id))
	}
	return all
}

// RightsEnd returns when the first of the pictures that a version shows must be gone by its own rights; zero: never.
func RightsEnd(rec store.Record) (end time.Time) {
	for _, p := range []picture{thePhoto, thePortrait} {
		if p.url(rec.Article) != "" && p.id(rec) != store.NoPhoto {
			end = earlier(end, p.photoOf(rec.Article).Rights.Expires)
		}
	}
	return end
}

// earlier returns the earlier of two times, of which zero is never.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// carried returns the version with what the service keeps about the versions before it, and the current one that it
// was made from. Without one, before has no version, and the revision store.Absent. With retract it says that all
// versions up to now must not be shown any more.
func (s *Service) carried(ctx context.Context, rec store.Record, retract bool) (next, before store.Record, err error) {
	none := store.Record{Revision: store.Absent}
	before, err = s.store.Article(ctx, rec.Article.ID)
	live := err == nil
	if errors.Is(err, store.ErrGone) {
		before, err = s.lastOf(ctx, rec.Article.ID)
	}
	if errors.Is(err, store.ErrNotFound) {
		rec.Article.Past = article.Past{}
		return rec, none, nil
	}
	if err != nil {
		return rec, none, err
	}
	past := before.Article.Past
	for _, p := range []picture{thePhoto, thePortrait} {
		photo := p.photoOf(before.Article)
		shown := article.PastPhoto{URL: photo.URL, Rights: photo.Rights}
		if id := p.id(before); id != store.NoPhoto {
			shown.ID = id
		}
		past = past.With(shown)
	}
	rec.Article.Past = past.Without(rec.Article.Photo.URL).Without(rec.Article.Portrait.URL)
	if retract {
		rec.Article.Past.Retracted, rec.Article.Past.Spared = retractedUntil(before, s.now()), rec.Version
	}
	if !live {
		before = none
	}
	return rec, before, nil
}

// lastOf returns the last version of a withdrawn article.
func (s *Service) lastOf(ctx context.Context, id string) (store.Record, error) {
	periods, err := s.store.History(ctx, id, 0, 1)
	if err != nil {
		return store.Record{}, err
	}
	if len(periods) == 0 {
		return store.Record{}, store.ErrNotFound
	}
	return periods[0].Record, nil
}

// since returns the article with the time from which its badge counts.
func (s *Service) since(ctx context.Context, a article.Article) (article.Article, error) {
	before, err := s.store.Article(ctx, a.ID)
	switch {
	case isAbsent(err):
		return a.Since(nil, s.now()), nil
	case err != nil:
		return a, err
	}
	return a.Since(&before.Article, s.now()), nil
}

// EndBreaking stores the version without the badge breaking, which ends at the time, unless the article has changed
// meanwhile. Errors are as those of EndRights.
func (s *Service) EndBreaking(ctx context.Context, id string, end time.Time) error {
	return s.settle(ctx, id, func(rec store.Record) bool { return rec.Article.BreakingUntil(s.breaking).Equal(end) })
}

// saveAfter stores the version with what the service keeps about those before it. Errors: store.ErrChanged if the
// article has another revision than seen, and those of the store.
func (s *Service) saveAfter(
	ctx context.Context, rec store.Record, seen store.Seen, o PutOptions,
) (r Result, err error) {
	if seen, err = s.settled(ctx, rec, seen); err != nil {
		return r, err
	}
	next, before, err := s.carried(ctx, rec, o.Retract)
	if err != nil {
		return r, err
	}
	seen.Revision = cmp.Or(seen.Revision, before.Revision)
	r.Record, r.Created, err = s.save(ctx, next, seen)
	r.Replaced = replaced(before, r.Record)
	return r, err
}

// settled stores the version that an article has by now because of the clock, before next replaces it: its pictures
// were handed out. It returns seen with the revision that the article then has. Errors: store.ErrChanged if it has
// another one than seen, and those of the store.
func (s *Service) settled(ctx context.Context, next store.Record, seen store.Seen) (store.Seen, error) {
	before, err := s.store.Article(ctx, next.Article.ID)
	if isAbsent(err) {
		return seen, nil
	}
	if err != nil {
		return seen, err
	}
	now := s.asOfNow(before)
	if now.Version == before.Version || now.Version == next.Version {
		return seen, nil
	}
	now.Article.Designs = "" // they may not be kept
	ctx = journal.By(journal.Doing(ctx, journal.ByClock), journal.Service)
	seen.Revision = cmp.Or(seen.Revision, before.Revision)
	stored, _, err := s.save(ctx, now, seen)
	seen.Revision = stored.Revision
	return seen, err
}

// EndRights stores the version without a picture whose rights end at the time, unless the article has changed
// meanwhile. Errors: those of the store, and of drawing.
func (s *Service) EndRights(ctx context.Context, id string, end time.Time) error {
	return s.settle(ctx, id, func(rec store.Record) bool { return RightsEnd(rec).Equal(end) })
}

// settle stores the version that an article has by now because of the clock, if the stored one is wanted.
func (s *Service) settle(ctx context.Context, id string, wanted func(stored store.Record) bool) error {
	lock, release := s.locks.of(id)
	defer release()
	for range updateTries {
		b, err := s.begin(ctx, lock, id)
		if err != nil {
			return err
		}
		stored, err := s.store.Article(ctx, id)
		if isAbsent(err) || err == nil && !wanted(stored) {
			return nil
		}
		if err != nil {
			return err
		}
		next := s.asOfNow(stored)
		if next.Version == stored.Version {
			return nil
		}
		b.seen.Revision = stored.Revision
		_, err = s.keep(ctx, b, next, fetchedPair{}, ofFetch(next.Warnings), PutOptions{Background: true})
		if isAbsent(err) {
			return nil
		}
		if !errors.Is(err, store.ErrChanged) {
			return err
		}
	}
	return errContended
}
