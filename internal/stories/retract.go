package stories

import (
	"context"
	"errors"
	"fmt"
	"time"

	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/store"
)

// errRetracted is for pictures of versions that were retracted.
var errRetracted = fault.Public(fault.PhotoGone, "picture of a retracted version",
	"this picture was retracted: the story has been corrected")

// Retract has the pictures of all earlier versions of an article answer with an error from now on. The current version
// stays as it is. Errors: store.ErrNotFound, store.ErrGone, ErrPrecondition,
// one of kind fault.Overloaded if others change it too often, and those of the store.
func (s *Service) Retract(ctx context.Context, id string, condition Condition) (Result, error) {
	lock, release := s.locks.of(id)
	defer release()
	for range updateTries {
		b, err := s.begin(ctx, lock, id)
		if err != nil {
			return Result{}, err
		}
		rec, err := s.current(ctx, id)
		if err != nil {
			return Result{}, err
		}
		if condition != nil && !condition(rec, true) {
			return Result{}, ErrPrecondition
		}
		b.seen.Revision = rec.Revision
		r, err := s.saveIfCurrent(ctx, b, rec, fetchedPair{}, PutOptions{Retract: true})
		if !errors.Is(err, store.ErrChanged) {
			return r, err
		}
	}
	return Result{}, fmt.Errorf("retract %s: %w", id, errContended)
}

// retractedUntil returns the time that divides the versions which are retracted at the time now, of which before is the
// latest, from the next one. The store keeps whole milliseconds.
func retractedUntil(before store.Record, now time.Time) time.Time {
	now = now.UTC().Truncate(time.Millisecond)
	if next := before.Updated.Add(time.Millisecond); now.Before(next) {
		return next
	}
	return now
}

// Retracted reports whether the pictures of a version must not be shown any more. current is that of the same article.
func Retracted(rec, current store.Record) bool {
	past := current.Article.Past
	return rec.Version != current.Version && rec.Version != past.Spared && rec.Updated.Before(past.Retracted)
}

// replaced returns the version before, if it is another one than that of the record.
func replaced(before, rec store.Record) string {
	if before.Version == rec.Version {
		return ""
	}
	return before.Version
}
