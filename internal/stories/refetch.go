package stories

import (
	"context"
	"errors"

	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/store"
)

// Refetch requests the photo of an article's version again, as Refresh does, unless the version is not the current one
// or has its photo. It returns an error if the photo is still missing and may be there later: that of its source, which
// is of a fault.Kind of photos. Other errors are those of the store.
func (s *Service) Refetch(ctx context.Context, id, version string) error {
	lacks := func(rec store.Record, _ bool) bool { return rec.Version == version && rec.PhotoID == "" }
	result, err := s.Refresh(ctx, id, PutOptions{If: lacks, Background: true})
	if isAbsent(err) || errors.Is(err, ErrPrecondition) {
		return nil
	}
	if err != nil || result.Record.PhotoID != "" {
		return err
	}
	for _, w := range result.Warnings {
		if w.Err != nil && w.Field == photoField && mayPass(w.Code) {
			return w.Err
		}
	}
	return nil
}

// LacksPhoto reports whether a version was stored without its photo, for a reason that may pass.
func LacksPhoto(rec store.Record) bool {
	if rec.Article.Photo.URL == "" || rec.PhotoID != "" {
		return false
	}
	for _, w := range rec.Warnings {
		if w.Field == photoField && mayPass(w.Code) {
			return true
		}
	}
	return false
}

// mayPass reports whether a code is that of a photo which could not be fetched now.
func mayPass(code string) bool {
	switch code {
	case fault.SourceUnavailable.Code(), fault.SourceTimeout.Code(), fault.SourceIncomplete.Code(),
		fault.PhotoOverloaded.Code():
		return true
	}
	return false
}
