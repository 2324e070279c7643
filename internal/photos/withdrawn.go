package photos

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"sync"
	"sync/atomic"

	"newsroom.example/cards/internal/fault"
)

// ErrWithdrawn says that a photo was withdrawn: its bytes are neither stored nor shown again, whatever they come from.
var ErrWithdrawn = errors.New("withdrawn")

// withdrawnError returns an ErrWithdrawn whose message names the photo.
func withdrawnError(id string) error {
	return &fault.Error{Kind: fault.PhotoGone, Message: "the photo " + id + " was withdrawn",
		Err: fmt.Errorf("photo %s: %w", id, ErrWithdrawn)}
}

// Withdrawn is the set of the IDs of withdrawn photos, as far as this process knows them. The zero value and nil are
// empty. IDs are never removed. It is safe for concurrent use, and Has needs no lock: it is called for each picture.
type Withdrawn struct {
	adding sync.Mutex
	ids    atomic.Pointer[map[string]struct{}] // replaced by Add, never changed
}

// Has reports whether the photo was withdrawn.
func (w *Withdrawn) Has(id string) bool {
	if w.empty() {
		return false
	}
	_, ok := (*w.ids.Load())[id]
	return ok
}

// empty reports whether no photo was withdrawn.
func (w *Withdrawn) empty() bool { return w == nil || w.ids.Load() == nil }

// Add adds photos.
func (w *Withdrawn) Add(ids ...string) {
	w.adding.Lock()
	defer w.adding.Unlock()
	all := map[string]struct{}{}
	if before := w.ids.Load(); before != nil {
		maps.Copy(all, *before)
	}
	for _, id := range ids {
		all[id] = struct{}{}
	}
	w.ids.Store(&all)
}

// idOf returns the ID of a photo.
func idOf(data []byte) string {
	sum := sha256.Sum256(data)
	return prefix + hex.EncodeToString(sum[:16])
}

// refuse returns ErrWithdrawn if the photo of a URL was withdrawn, and then drops it. Photos are hashed for this only
// if any was withdrawn.
func (s *Store) refuse(url string, o *loaded) error {
	if s.withdrawn.empty() {
		return nil
	}
	id := o.describe().ID
	if !s.withdrawn.Has(id) {
		return nil
	}
	s.cache.remove(o.key)
	s.sources.markWithdrawn(url, o.key, id)
	return withdrawnError(id)
}

// confirm returns ErrWithdrawn if the photo was withdrawn, also by another process within the last moment. It is called
// after the photo was stored: a process that withdraws a photo first records it, and then removes the file. So either
// confirm sees the record, or that process removes the file.
func (s *Store) confirm(ctx context.Context, id string) error {
	gone := s.withdrawn.Has(id)
	if !gone && s.isWithdrawn != nil {
		var err error
		if gone, err = s.isWithdrawn(ctx, id); err != nil {
			return err
		}
	}
	if !gone {
		return nil
	}
	return errors.Join(withdrawnError(id), s.blobs.Delete(context.WithoutCancel(ctx), blobName(id)))
}

// Remove removes withdrawn photos for good: the stored files, damaged ones too, and all copies in memory and in the
// spill. They must have been added to Config.Withdrawn.
func (s *Store) Remove(ctx context.Context, ids ...string) error {
	if len(ids) == 0 {
		return nil
	}
	match := map[string]bool{}
	var errs []error
	for _, id := range ids {
		match[id] = true
		errs = append(errs, s.blobs.Delete(ctx, blobName(id)))
	}
	s.cache.removeFunc(func(o *loaded) bool { return match[o.describe().ID] })
	errs = append(errs, s.spill.DeleteFunc(func(data []byte) bool { return match[idOf(data)] }))
	return errors.Join(errs...)
}
