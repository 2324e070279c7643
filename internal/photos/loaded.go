package photos

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"

	"newsroom.example/cards/internal/photo"
)

// loaded is a photo in memory: its file and what is known about it. The file is hashed when the ID is needed: to store
// the photo, or to note from which photo a card was drawn.
type loaded struct {
	data []byte // shared: must not be modified
	info photo.Info
	cut  bool   // the end of the file is known to be missing
	key  string // in the cache: the ID, or a key that begins with temporary; empty: never cached

	drawn atomic.Bool // it was decoded for a card, so it is less likely to be needed again

	mu sync.Mutex
	id string // empty: not computed yet
}

// inspected checks the header of a photo. Errors: those of package photo.
func inspected(data []byte) (*loaded, error) {
	info, err := photo.Inspect(data)
	if err != nil {
		return nil, err
	}
	return &loaded{data: data, info: info}, nil
}

// loadedBytes is the approximate memory of a cached photo without its file, in bytes. The smallest files are shorter.
const loadedBytes = 1 << 10

// size returns the memory that the photo uses, in bytes.
func (o *loaded) size() int64 { return int64(cap(o.data)) + loadedBytes }

// describe returns the description of the photo. It computes the ID if necessary.
func (o *loaded) describe() Photo {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.describeLocked()
}

// describeLocked is describe with o.mu held.
func (o *loaded) describeLocked() Photo {
	if o.id == "" {
		o.id = idOf(o.data)
	}
	return Photo{ID: o.id, Width: o.info.Width, Height: o.info.Height, Type: o.mediaType()}
}

func (o *loaded) mediaType() string { return "image/" + o.info.Format }

// setID sets the ID of a photo that was read by it from the blob store, which verifies the bytes.
func (o *loaded) setID(id string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.id = id
}

// store writes the photo to the blob store, unless it is there. A photo that was there may be missing: another process
// may have found its file damaged.
func (o *loaded) store(ctx context.Context, blobs Blobs) (Photo, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	p := o.describeLocked()
	if there, err := blobs.Has(ctx, blobName(o.id)); err == nil && there {
		return p, nil
	}
	if err := blobs.Put(ctx, blobName(o.id), o.data); err != nil {
		return Photo{}, fmt.Errorf("store %s: %w", o.id, err)
	}
	return p, nil
}

func blobName(id string) string { return "photo-" + strings.TrimPrefix(id, prefix) }
