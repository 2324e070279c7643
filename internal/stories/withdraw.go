package stories

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/photos"
	"newsroom.example/cards/internal/store"
)

// MaxUses is the maximum number of articles, and of versions, that a StoredPhoto or a Withdrawal lists.
const MaxUses = 100

// StoredPhoto is a stored photo and where it is shown.
type StoredPhoto struct {
	photos.Photo
	Bytes int // size of the file
	Uses  store.PhotoUses
}

// Withdrawal is what the withdrawal of a photo did.
type Withdrawal struct {
	Changed  []string        // IDs of all articles that got a version without the photo
	Uses     store.PhotoUses // versions whose pictures are gone
	Pictures int             // number of cached pictures that were removed
}

// removals are the withdrawn photos whose files and pictures this process has not removed yet.
type removals struct {
	known *photos.Withdrawn

	mu      sync.Mutex // held during removals
	seq     int64      // of the last one that was learned of
	pending []string   // IDs
	failing bool       // the last removal in the background failed
}

// Photo returns a stored photo. Errors: those of photos.Store.Describe and of the store.
func (s *Service) Photo(ctx context.Context, id string) (StoredPhoto, error) {
	p, bytes, err := s.photos.Describe(ctx, id)
	if err != nil {
		return StoredPhoto{}, err
	}
	uses, err := s.store.PhotoUses(ctx, id, MaxUses)
	return StoredPhoto{Photo: p, Bytes: bytes, Uses: uses}, err
}

// removalTime limits the removal of files by a WithdrawPhoto, so that its client gets an answer before the connection
// is closed.
const removalTime = 20 * time.Second

// errNotRemoved says that a photo was withdrawn, but that some of its files or pictures are still there.
var errNotRemoved = fault.Public(fault.Unavailable, "withdrawn photo is not removed",
	"the photo was withdrawn and is not shown any more, but some of its files could not be removed yet; "+
		"the service keeps trying")

// WithdrawPhoto removes a photo for good: its file, all copies, and all pictures drawn from it. Articles that show it
// get a new version without it. It can be called again.
//
// The order makes it safe to fail at any moment: first the store records the withdrawal and changes the articles, in
// one transaction. From then on nothing stores the photo, and this process does not show it; other processes follow
// within the interval of RemoveWithdrawn. Then the files are removed. If that fails, WithdrawPhoto returns what it did
// and an error, and RemoveWithdrawn goes on, here and in every process that starts. Errors: photos.ErrUnknown, those of
// the store and of the blob stores.
func (s *Service) WithdrawPhoto(ctx context.Context, id string) (w Withdrawal, err error) {
	if err := s.isKnown(ctx, id); err != nil {
		return w, err
	}
	ctx = context.WithoutCancel(ctx) // a client that disconnects does not interrupt it
	w.Changed, err = s.store.WithdrawPhoto(ctx, id, s.now(), func(r store.Record) store.Record {
		return s.without(r, id)
	})
	if err != nil {
		return w, err
	}
	s.removals.known.Add(id)
	ctx, cancel := context.WithTimeout(ctx, removalTime)
	defer cancel()
	s.removals.mu.Lock()
	defer s.removals.mu.Unlock()
	s.removals.pending = append(s.removals.pending, id)
	if w.Pictures, err = s.removeLocked(ctx); err != nil {
		return w, fmt.Errorf("%s: %w: %w", id, errNotRemoved, err)
	}
	w.Uses, err = s.store.PhotoUses(ctx, id, MaxUses)
	s.log.InfoContext(ctx, "photo withdrawn", "photo", id, "articles_changed", len(w.Changed),
		"pictures_removed", w.Pictures)
	return w, err
}

// without returns the version of an article without a photo that it shows.
func (s *Service) without(r store.Record, id string) store.Record {
	ids, warnings, gone := idsOf(r), r.Warnings, []Warning(nil)
	photo, portrait := r.Shows(id)
	if photo {
		ids.photo, warnings = store.NoPhoto, thePhoto.without(warnings)
		gone = append(gone, thePhoto.unused(r.Article.ID, store.ErrPhotoWithdrawn))
	}
	if portrait {
		ids.portrait, warnings = store.NoPhoto, thePortrait.without(warnings)
		gone = append(gone, thePortrait.unused(r.Article.ID, store.ErrPhotoWithdrawn))
	}
	next := s.versionOf(r.Article, ids)
	next.Article.Designs = "" // they may not be kept, and this is no time to store files
	next.Code, next.Created = r.Code, r.Created
	next.Warnings = slices.Concat(warnings, lasting(gone))
	return next
}

// isKnown returns photos.ErrUnknown for a photo that is not stored, was not withdrawn, and is shown by no version.
func (s *Service) isKnown(ctx context.Context, id string) error {
	_, _, unknown := s.photos.Describe(ctx, id)
	if !errors.Is(unknown, photos.ErrUnknown) {
		return ctx.Err() // a photo that cannot be read is known, too
	}
	if withdrawn, err := s.store.PhotoWithdrawn(ctx, id); err != nil || withdrawn {
		return err
	}
	uses, err := s.store.PhotoUses(ctx, id, 1)
	if err == nil && len(uses.Versions) == 0 {
		err = unknown
	}
	return err
}

// LearnWithdrawn reads which photos were withdrawn, by this process before it was started again or by others. From then
// on they are not shown.
func (s *Service) LearnWithdrawn(ctx context.Context) error {
	s.removals.mu.Lock()
	defer s.removals.mu.Unlock()
	return s.learnLocked(ctx)
}

func (s *Service) learnLocked(ctx context.Context) error {
	r := &s.removals
	learned, err := s.store.WithdrawnPhotos(ctx, r.seq)
	if err != nil || len(learned) == 0 {
		return err
	}
	var ids []string
	for _, p := range learned {
		if !r.known.Has(p.ID) { // otherwise WithdrawPhoto of this process removes it
			ids = append(ids, p.ID)
		}
	}
	r.known.Add(ids...)
	r.seq, r.pending = learned[len(learned)-1].Seq, append(r.pending, ids...)
	return nil
}

// removeLocked removes what is stored of the pending photos. It returns the number of removed pictures.
func (s *Service) removeLocked(ctx context.Context) (removed int, err error) {
	r := &s.removals
	if len(r.pending) == 0 {
		return 0, nil
	}
	err = s.photos.Remove(ctx, r.pending...)
	removed, failed := s.previews.RemoveWithdrawn(ctx, r.pending)
	if err = errors.Join(err, failed); err == nil {
		r.pending = nil
	}
	return removed, err
}

// RemoveWithdrawn learns which photos other processes have withdrawn, and removes their files and pictures, also those
// that this process has stored in the meantime. It removes those of all withdrawn photos once after the start. Call it
// every second. It returns the number of removed pictures. Of errors in a row it returns only the first.
func (s *Service) RemoveWithdrawn(ctx context.Context) (removed int, err error) {
	s.removals.mu.Lock()
	defer s.removals.mu.Unlock()
	if err = s.learnLocked(ctx); err == nil {
		removed, err = s.removeLocked(ctx)
	}
	again := s.removals.failing
	if s.removals.failing = err != nil; again {
		return removed, nil
	}
	return removed, err
}
