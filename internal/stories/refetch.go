package stories

import (
	"context"
	"errors"

	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/store"
)

// Refetch requests the photo and the portrait of an article's version again, as Refresh does, unless the version is not
// the current one or has both. It returns an error if the photo is still missing and may be there later: that of its
// source, which is of a fault.Kind of photos. Other errors are those of the store.
func (s *Service) Refetch(ctx context.Context, id, version string) error {
	lacks := func(rec store.Record, _ bool) bool { return rec.Version == version && lacksAny(rec) }
	result, err := s.Refresh(ctx, id, PutOptions{If: lacks, Background: true})
	if isAbsent(err) || errors.Is(err, ErrPrecondition) {
		return nil
	}
	if err != nil || !lacksAny(result.Record) {
		return err
	}
	for _, w := range result.Warnings {
		if w.Err != nil && isPicture(w.Field) && mayPass(w.Code) {
			return w.Err
		}
	}
	return nil
}

// LacksPhoto reports whether a version was stored without its photo or its portrait, for a reason that may pass.
func LacksPhoto(rec store.Record) bool {
	for _, p := range []picture{thePhoto, thePortrait} {
		for _, w := range rec.Warnings {
			if p.lacks(rec) && w.Field == p.field && mayPass(w.Code) {
				return true
			}
		}
	}
	return false
}

// lacks reports whether the version has no stored photo of those that its article names.
func (p picture) lacks(rec store.Record) bool { return p.url(rec.Article) != "" && p.id(rec) == "" }

func lacksAny(rec store.Record) bool { return thePhoto.lacks(rec) || thePortrait.lacks(rec) }

// mayPass reports whether a code is that of a photo which could not be fetched now.
func mayPass(code string) bool {
	switch code {
	case fault.SourceUnavailable.Code(), fault.SourceTimeout.Code(), fault.SourceIncomplete.Code(),
		fault.PhotoOverloaded.Code():
		return true
	}
	return false
}
