package photos

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"

	"newsroom.example/cards/internal/fetch"
	"newsroom.example/cards/internal/photo"
)

// Shelf keeps photos by name for good: what it acknowledges is on the disk. A *blob.Disk is one.
type Shelf interface {
	Get(ctx context.Context, name string) ([]byte, error)
	Put(ctx context.Context, name string, data []byte) error
}

// original is a photo's bytes and what was told of them once. They are hashed when someone wants to
// know their name: who only draws from them does not.
type original struct {
	data []byte       // shared: not to be changed
	held *fetch.Bytes // whose memory data is, and each holder's of the original; nil: it serves no other
	info photo.Info
	cut  bool // its end is known to be missing

	key   string // that recent holds it by: its ID, or one that begins with passing; empty: it is not held
	drawn bool   // something was drawn from it; both are of recent's lock

	mu   sync.Mutex // of naming and keeping it
	id   string     // empty: not known yet
	safe bool       // the shelf has it
}

// inspected is a photo that nobody has looked at. Errors are package photo's kinds.
func inspected(data []byte) (*original, error) {
	info, err := photo.Inspect(data)
	if err != nil {
		return nil, err
	}
	return &original{data: data, info: info}, nil
}

// letGo is for a holder of the original, who does not look at it any more. Who never lets go leaves its
// memory to the collector.
func (o *original) letGo() { o.held.Release() }

// bytes is the memory that the photo takes.
func (o *original) bytes() int64 { return int64(cap(o.data)) }

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

// onShelf says that the photo was read from the shelf, which checks its bytes, by its ID.
func (o *original) onShelf(id string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.id, o.safe = id, true
}

// secure returns when the shelf has the photo.
func (o *original) secure(ctx context.Context, shelf Shelf) (Photo, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	p := o.named()
	if o.safe {
		return p, nil
	}
	if err := shelf.Put(ctx, blobName(o.id), o.data); err != nil {
		return Photo{}, fmt.Errorf("keep %s: %w", o.id, err)
	}
	o.safe = true
	return p, nil
}

func blobName(id string) string { return "photo-" + strings.TrimPrefix(id, prefix) }
