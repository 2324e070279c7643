package design

import (
	"context"
	"fmt"
	"slices"
	"sync"
)

// Blobs stores files by key, such as blob.Store.
type Blobs interface {
	Get(ctx context.Context, key string) ([]byte, error)
	Put(ctx context.Context, key string, data []byte) error
}

// Kept are the designs of a folder, and all that cards were published with before: a published card looks the same
// after its theme has changed. It is safe for concurrent use.
type Kept struct {
	folder *Folder
	blobs  Blobs

	mu     sync.Mutex
	loaded []*Set          // the last one used first
	saved  map[string]bool // hashes of the sets that are in blobs
}

// maxLoaded is how many earlier sets are in memory, and maxSaved of how many it is remembered that they are stored.
const (
	maxLoaded = 16
	maxSaved  = 64
)

// Keep returns the designs of the folder, of which Save stores copies in blobs.
func Keep(folder *Folder, blobs Blobs) *Kept {
	return &Kept{folder: folder, blobs: blobs, saved: map[string]bool{}}
}

// Current returns the designs of the folder; see Folder.Current.
func (k *Kept) Current() *Set { return k.folder.Current() }

// Set returns the designs with the hash, if they are in memory: those of the folder, or ones that Load has read.
func (k *Kept) Set(hash string) (*Set, bool) {
	if now := k.Current(); now.Hash() == hash {
		return now, true
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	i := slices.IndexFunc(k.loaded, func(s *Set) bool { return s.Hash() == hash })
	if i < 0 {
		return nil, false
	}
	s := k.loaded[i]
	k.loaded = slices.Insert(slices.Delete(k.loaded, i, i+1), 0, s)
	return s, true
}

// key is the name under which the designs with the hash are stored.
func key(hash string) string { return "designs-" + hash + ".zip" }

// Save stores the designs with the hash, which must be in memory, unless they are stored. Errors are those of the
// blobs.
func (k *Kept) Save(ctx context.Context, hash string) error {
	k.mu.Lock()
	known := k.saved[hash]
	k.mu.Unlock()
	set, ok := k.Set(hash)
	switch {
	case known:
		return nil
	case !ok:
		return fmt.Errorf("designs %s are not in memory", hash)
	}
	if err := k.blobs.Put(ctx, key(hash), set.Archive()); err != nil {
		return err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.saved) >= maxSaved {
		clear(k.saved)
	}
	k.saved[hash] = true
	return nil
}

// Load reads the designs with the hash into memory, unless they are there. Errors are those of the blobs, and Faults of
// designs that this release cannot read.
func (k *Kept) Load(ctx context.Context, hash string) error {
	if _, ok := k.Set(hash); ok {
		return nil
	}
	archive, err := k.blobs.Get(ctx, key(hash))
	if err != nil {
		return fmt.Errorf("designs %s: %w", hash, err)
	}
	set, err := k.folder.builtin.Restore(archive, k.folder.families)
	if err != nil {
		return err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.loaded = slices.Insert(k.loaded, 0, set)
	k.loaded = k.loaded[:min(len(k.loaded), maxLoaded)]
	return nil
}
