package stories

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"newsroom.example/cards/internal/store"
)

// locks has a lock for each article that is being put or deleted. It is safe for concurrent use.
type locks struct {
	mu  sync.Mutex
	all map[string]*articleLock // by article ID
}

// articleLock serializes changes of one article in the store. It is held while the store is read and changed, but
// never while a photo is fetched or drawn.
type articleLock struct {
	sync.Mutex
	withdrawn atomic.Int64 // number of Deletes since the lock came into use
	users     int          // Puts and Deletes that use the lock; guarded by locks.mu
}

func newLocks() *locks { return &locks{all: map[string]*articleLock{}} }

// of returns the article's lock, not locked. The caller must call release when it no longer uses the lock.
func (l *locks) of(id string) (lock *articleLock, release func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	lock = l.all[id]
	if lock == nil {
		lock = &articleLock{}
		l.all[id] = lock
	}
	lock.users++
	return lock, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		if lock.users--; lock.users == 0 {
			delete(l.all, id)
		}
	}
}

// errOutdated says that the article's photo changed after Put had chosen to keep it.
var errOutdated = errors.New("the article's photo has changed meanwhile")

// beginning is the state of an article when a Put or a Refresh of it began.
type beginning struct {
	lock      *articleLock
	withdrawn int64 // of lock
	seen      store.Seen
	admit     func() (int64, error) // sets seen.Revision before each try to store; nil: it is set already
	made      bool                  // Update made the article of the revision that it saw: no later one is overwritten
}

// begin returns the state of an article, by which saveIfCurrent notices withdrawals by this process (also of an article
// that is not stored yet) and by others.
func (s *Service) begin(ctx context.Context, l *articleLock, id string) (b beginning, err error) {
	b.lock, b.withdrawn = l, l.withdrawn.Load()
	b.seen.Withdrawals, err = s.store.Withdrawals(ctx, id)
	return b, err
}

// saveIfCurrent stores the version. It returns store.ErrGone if the article was withdrawn since b, the errors of
// b.admit, store.ErrChanged if it has another revision than b says, errOutdated if the choice of the photo is out of
// date, and store.ErrPhotoWithdrawn if the photo was withdrawn.
func (s *Service) saveIfCurrent(
	ctx context.Context, b beginning, rec store.Record, got fetchedPair, o PutOptions,
) (r Result, err error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	if b.lock.withdrawn.Load() != b.withdrawn {
		return r, fmt.Errorf("put %s: withdrawn meanwhile: %w", rec.Article.ID, store.ErrGone)
	}
	for {
		if b.admit != nil {
			if b.seen.Revision, err = b.admit(); err != nil {
				return r, err
			}
		}
		for _, p := range []picture{thePhoto, thePortrait} {
			if !got.of(p).outage() {
				continue
			}
			id, _, err := s.previousPhoto(ctx, rec.Article, p)
			if err == nil && id != p.id(rec) {
				err = errOutdated
			}
			if err != nil {
				return r, err
			}
		}
		r, err = s.saveAfter(ctx, rec, b.seen, o)
		if b.admit == nil || b.made || !errors.Is(err, store.ErrChanged) {
			return r, err
		} // otherwise another process has changed the article since it was admitted
	}
}

// Delete withdraws an article. It does not wait for Puts in progress, which may be fetching a photo; they store
// nothing afterwards. This holds even if Delete returns store.ErrNotFound, since nothing was stored yet, or
// store.ErrGone, since the article was already withdrawn.
func (s *Service) Delete(ctx context.Context, id string) error { return s.DeleteIf(ctx, id, nil) }

// DeleteIf is Delete for an article that fulfils the condition; otherwise it returns ErrPrecondition. A nil condition
// is always fulfilled.
func (s *Service) DeleteIf(ctx context.Context, id string, condition Condition) error {
	lock, release := s.locks.of(id)
	defer release()
	lock.Lock()
	defer lock.Unlock()
	for {
		revision := int64(0)
		if condition != nil {
			var err error
			if revision, err = s.fulfilled(ctx, id, condition); err != nil {
				return err
			}
		}
		err := s.store.DeleteArticle(ctx, id, s.now(), revision)
		if err == nil || isAbsent(err) {
			lock.withdrawn.Add(1)
		}
		if !errors.Is(err, store.ErrChanged) {
			return err
		}
	}
}

// fulfilled returns the revision of the article that fulfils the condition, store.Absent if there is none.
func (s *Service) fulfilled(ctx context.Context, id string, condition Condition) (int64, error) {
	current, err := s.current(ctx, id)
	switch {
	case isAbsent(err):
		return store.Absent, nil
	case err != nil:
		return 0, err
	case !condition(current, true):
		return 0, ErrPrecondition
	}
	return current.Revision, nil
}
