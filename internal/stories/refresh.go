package stories

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"newsroom.example/cards/internal/store"
)

// Refresh requests the photo and the portrait of the article's current version from their sources again, and gives the
// article a new version if its bytes have changed. Everything else about the article stays as it is, also if it is put
// during the Refresh.
//
// Unlike a Put, it never lets the source confirm the photo: a source that answers 304 although the photo was replaced
// is a reason for calling Refresh. What happens if the source fails is as in a Put. Errors: store.ErrNotFound,
// store.ErrGone, ErrPrecondition, with Strict those of packages fetch and photo, and those of the store.
func (s *Service) Refresh(ctx context.Context, id string, o PutOptions) (Result, error) {
	lock, release := s.locks.of(id)
	defer release()
	var asked store.Record // the version whose photo was requested; zero: none
	var got fetchedPair
	for {
		b, err := s.begin(ctx, lock, id)
		if err != nil {
			return Result{}, err
		}
		rec, err := s.current(ctx, id)
		if err != nil {
			return Result{}, err
		}
		if o.If != nil && !o.If(rec, true) {
			return Result{}, ErrPrecondition
		}
		if asked.Version == "" || superseded(asked, rec, got) {
			asked = rec
			if got, err = s.fetchUnless(ctx, rec.Article, shownIDs{}, o); err != nil {
				return Result{}, fmt.Errorf("photo of %s: %w", id, err)
			}
			continue // the article may have changed meanwhile
		}
		b.seen.Revision = rec.Revision
		result, err := s.refreshed(ctx, b, rec, got, o)
		switch {
		case errors.Is(err, store.ErrPhotoWithdrawn) && !o.Strict:
			if got, err = s.afterWithdrawal(ctx, result.Record, got, err); err != nil {
				return Result{}, err
			}
		case !errors.Is(err, errOutdated) && !errors.Is(err, store.ErrChanged):
			return result, err
		}
	}
}

// superseded reports whether the photo must be requested again: since it was requested for the version asked, the
// article has got another photo, which may be newer than got.
func superseded(asked, now store.Record, got fetchedPair) bool {
	for _, p := range []picture{thePhoto, thePortrait} {
		if p.url(now.Article) != p.url(asked.Article) {
			return true
		}
		if id := p.id(now); id != p.id(asked) && id != got.of(p).id && id != store.NoPhoto {
			return true
		}
	}
	return false
}

// refreshed gives the current version rec the photo that was got. If it shows that photo already, at most its warnings
// change.
func (s *Service) refreshed(
	ctx context.Context, b beginning, rec store.Record, got fetchedPair, o PutOptions,
) (Result, error) {
	ids, warnings, err := s.choose(ctx, rec.Article, got)
	if err != nil {
		return Result{}, fmt.Errorf("photo of %s: %w", rec.Article.ID, err)
	}
	filled, err := s.fill(ctx, rec.Article, ids.photo, got.photo)
	if err != nil {
		return Result{}, err
	}
	sent := ofSent(rec.Warnings)
	if ids == idsOf(rec) && filled.FromPhoto == rec.Article.FromPhoto {
		found, err := s.checkedUndrawn(ctx, rec, o)
		if err != nil {
			return Result{}, err
		}
		return s.sameAgain(ctx, b, rec, got, slices.Concat(sent, warnings, found), o)
	}
	next := s.versionOf(filled, ids)
	warnings = slices.Concat(sent, warnings)
	if o.DryRun {
		next.Code, next.Created = rec.Code, rec.Created
		found, err := s.checkedUndrawn(ctx, next, o)
		return Result{Record: next, Warnings: slices.Concat(warnings, found)}, err
	}
	return s.keep(ctx, b, next, got, warnings, o)
}

// sameAgain gives a version that shows the photo already the warnings of its refresh.
func (s *Service) sameAgain(
	ctx context.Context, b beginning, rec store.Record, got fetchedPair, warnings []Warning, o PutOptions,
) (Result, error) {
	said := lasting(warnings)
	busy := slices.ContainsFunc(warnings, func(w Warning) bool { return w.Passing }) // and the checks are not complete
	if o.DryRun || busy || slices.Equal(said, rec.Warnings) {
		return Result{Record: rec, Warnings: warnings}, nil
	}
	rec.Warnings = said
	stored, err := s.saveIfCurrent(ctx, b, rec, got, o)
	stored.Warnings = warnings
	return stored, err
}
