// Package picture keeps encoded pictures: drawn cards, and the photos they were drawn from.
// A Disk keeps them for good; a Cache holds those that can be drawn again, within a number of bytes.
package blob

import (
	"context"
	"errors"

	"newsroom.example/cards/internal/fault"
)

// ErrNotFound says that there is no such picture, or none whose bytes are whole.
var ErrNotFound = errors.New("picture not found")

// ErrUnavailable says that a picture cannot be stored now: the disk is full or cannot be written.
var ErrUnavailable = fault.Public(fault.Unavailable, "pictures cannot be stored", "the photo cannot be stored now; try again shortly")

// Store keeps blobs by name. A name is 1 to 128 of a-z, 0-9, '-' and one '.', never a path.
// What Put acknowledged survives the death of the process, and Get never returns bytes other
// than those put: damage on disk reads as ErrNotFound. Safe for concurrent use.
type Store interface {
	Get(ctx context.Context, name string) ([]byte, error) // the caller must not change the bytes
	Put(ctx context.Context, name string, data []byte) error
	Delete(ctx context.Context, name string) error // nil when there is none
}
