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

// original is a photo's bytes, and what is known of them. They are hashed once their ID is asked for: drawing
// does not need it.
type original struct {
	data []byte // shared: not to be changed
	info photo.Info
	cut  bool   // its end is known to be missing
	key  string // in the cache: its ID, or one that begins with temporary; empty: it never was there

	drawn atomic.Bool // it was decoded for a card, so that fewer wait for it

	mu     sync.Mutex
	id     string // empty: not known yet
	stored bool   // in the blob store
}

// inspected checks the header of a photo. Errors are package photo's kinds.
func inspected(data []byte) (*original, error) {
	info, err := photo.Inspect(data)
	if err != nil {
		return nil, err
	}
	return &original{data: data, info: info}, nil
}

// size is the memory that the photo takes, in bytes.
func (o *original) size() int64 { return int64(cap(o.data)) }

// describe names the photo.
func (o *original) describe() Photo {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.named()
}

func (o *original) named() Photo {
	if o.id == "" {
		sum := sha256.Sum256(o.data)
		o.id = prefix + hex.EncodeToString(sum[:16])
	}
	return Photo{ID: o.id, Width: o.info.Width, Height: o.info.Height, Type: o.mediaType()}
}

func (o *original) mediaType() string { return "image/" + o.info.Format }

// readAs says that the photo was read by its ID from the blob store, which checks its bytes.
func (o *original) readAs(id string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.id, o.stored = id, true
}

// store returns when the blob store has the photo.
func (o *original) store(ctx context.Context, blobs blob.Store) (Photo, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	p := o.named()
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
