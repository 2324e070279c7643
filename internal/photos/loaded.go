package photos

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"

	"newsroom.example/cards/internal/blob"
	"newsroom.example/cards/internal/photo"
)

// loaded is a photo in memory: its file and what is known about it. The file is hashed when the ID is needed;
// drawing does not need it.
type loaded struct {
	data []byte // shared: must not be modified
	info photo.Info
	cut  bool   // the end of the file is known to be missing
	key  string // in the cache: the ID, or a key that begins with temporary; empty: never cached

	drawn atomic.Bool // it was decoded for a card, so it is less likely to be needed again

	mu     sync.Mutex
	id     string // empty: not computed yet
	stored bool   // it is in the blob store
}

// inspected checks the header of a photo. Errors: those of package photo.
func inspected(data []byte) (*loaded, error) {
	info, err := photo.Inspect(data)
	if err != nil {
		return nil, err
	}
	return &loaded{data: data, info: info}, nil
}

// size returns the memory that the photo uses, in bytes.
func (o *loaded) size() int64 { return int64(cap(o.data)) }

// describe returns the description of the photo. It computes the ID if necessary.
func (o *loaded) describe() Photo {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.describeLocked()
}

// describeLocked is describe with o.mu held.
func (o *loaded) describeLocked() Photo {
	if o.id == "" {
		sum := sha256.Sum256(o.data)
		o.id = prefix + hex.EncodeToString(sum[:16])
	}
	return Photo{ID: o.id, Width: o.info.Width, Height: o.info.Height, Type: o.mediaType()}
}

func (o *loaded) mediaType() string { return "image/" + o.info.Format }

// setStored records that the photo was read by its ID from the blob store, which verifies the bytes.
func (o *loaded) setStored(id string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.id, o.stored = id, true
}

// store writes the photo to the blob store, unless it is already there.
func (o *loaded) store(ctx context.Context, blobs blob.Store) (Photo, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	p := o.describeLocked()
	if o.stored {
		return p, nil
	}
	if err := blobs.Put(ctx, blobName(o.id), o.data); err != nil {
		return Photo{}, fmt.Errorf("store %s: %w", o.id, err)
	}
	o.stored = true
	return p, nil
}

func blobName(id string) string { return "photo-" + strings.TrimPrefix(id, prefix) }
