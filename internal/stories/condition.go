package stories

import (
	"context"
	"errors"
	"fmt"
	"time"

	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/store"
)

// Condition reports whether an article may be changed. live is false if it is unknown or withdrawn; current is empty
// then. It must not use the Service.
type Condition func(current store.Record, live bool) bool

// ErrPrecondition says that nothing was stored because the Condition does not hold.
var ErrPrecondition = fault.Public(fault.Precondition, "precondition failed",
	"the condition in If-Match or If-None-Match does not hold for the article as it is stored")

// admit returns the revision that the article must have when it is stored: 0 if any will do, store.Absent if it must
// not be live. Errors: ErrPrecondition, one of kind fault.Stale, store.ErrChanged if the article is not the one that
// Update changes, and those of the store.
func (s *Service) admit(ctx context.Context, a article.Article, o PutOptions) (revision int64, err error) {
	ordered := !o.Force && !a.UpdatedAt.IsZero()
	if o.If == nil && o.base == 0 && !ordered {
		return 0, nil
	}
	current, err := s.current(ctx, a.ID)
	live := err == nil
	switch {
	case !live && !isAbsent(err):
		return 0, err
	case o.If != nil && !o.If(current, live):
		return 0, ErrPrecondition
	case o.base != 0 && current.Revision != o.base:
		return 0, store.ErrChanged
	case !live:
		return store.Absent, nil
	case ordered && a.UpdatedAt.Before(current.Article.UpdatedAt):
		return 0, stale(a.UpdatedAt, current.Article.UpdatedAt)
	}
	return current.Revision, nil
}

// isAbsent reports whether the store's error says that an article is unknown or withdrawn.
func isAbsent(err error) bool {
	return errors.Is(err, store.ErrNotFound) || errors.Is(err, store.ErrGone)
}

// stale is the error of an article that is older than the stored one.
func stale(given, stored time.Time) error {
	problem := fmt.Sprintf("%s is older than that of the stored article, %s; force=1 stores it all the same",
		given.UTC().Format(time.RFC3339), stored.UTC().Format(time.RFC3339))
	return errors.Join(&fault.Error{Kind: fault.Stale, Message: "updated_at " + problem},
		fault.InField("updated_at", problem))
}

// updateTries is how often Update begins anew when others change the article meanwhile.
const updateTries = 8

// errContended says that an article was changed by others again and again.
var errContended = fault.Public(fault.Overloaded, "article changes too often",
	"the article is being changed by others again and again; try again shortly")

// Update puts the article that change makes of the current one. What change leaves as it is is not decoded from HTML
// again, whatever the Format of the result. If others change the
// article meanwhile, in any process, it begins anew with what they have stored, so that no change is lost: change may
// be called several times. Errors: those of change and Put, store.ErrNotFound, store.ErrGone, and one of kind
// fault.Overloaded if the article is changed by others too often.
func (s *Service) Update(
	ctx context.Context, id string, change func(article.Article) (article.Article, error), o PutOptions,
) (Result, error) {
	for range updateTries {
		current, err := s.current(ctx, id)
		if err != nil {
			return Result{}, err
		}
		if o.If != nil && !o.If(current, true) {
			return Result{}, ErrPrecondition
		}
		next, err := change(current.Article)
		if err != nil {
			return Result{}, err
		}
		next, html := next.Over(current.Article)
		o.base = current.Revision
		result, err := s.put(ctx, next, html, o)
		if !errors.Is(err, store.ErrChanged) {
			return result, err
		}
	}
	return Result{}, fmt.Errorf("update %s: %w", id, errContended)
}
