// Package blob stores encoded pictures by key: drawn cards, and the photos that they were drawn from.
//
// A [Disk] stores blobs in a folder until they are deleted. A [Memory] holds them until it needs the room. A [Cache]
// is a Memory in front of a Disk with a budget of bytes, or of an object store, for blobs that can be produced again.
// Package s3 stores blobs in a bucket. Package blobtest is the test suite of all implementations of [Store].
package blob

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/lazyregexp"
)

// ErrNotFound says that there is no blob with the key, or that it is damaged (ErrDamaged).
var ErrNotFound = errors.New("blob not found")

// ErrKey says that a key or a prefix does not have the form that Store describes.
var ErrKey = errors.New("invalid key of a blob")

// ErrUnavailable says that a blob cannot be stored now: the disk is full or cannot be written.
var ErrUnavailable = fault.Public(fault.Unavailable,
	"pictures cannot be stored", "the photo cannot be stored now; try again shortly")

// ErrUnreadable says that blobs cannot be read now.
var ErrUnreadable = fault.New(fault.Unavailable, "pictures cannot be read")

// Store stores blobs by key. A key has 1 to 128 characters of a-z, 0-9 and '-', does not begin with '-', and may have
// an extension: a '.' and 1 to 8 characters of a-z and 0-9. Every method rejects other keys with ErrKey, so that a key
// is never a path.
//
// Get returns exactly the bytes of one Put, or ErrNotFound if they are damaged. If Puts of one key overlap, the blob
// of one of them remains, complete. Every method returns the error of ctx if ctx is done; other errors are of kind
// fault.Unavailable. Implementations are safe for concurrent use.
type Store interface {
	// Get returns the blob of the key, or ErrNotFound. The bytes are shared: the caller must not modify them.
	Get(ctx context.Context, key string) ([]byte, error)
	// Put stores the blob, which may be empty, and replaces an earlier one with the key. The caller must not modify
	// the bytes afterwards.
	Put(ctx context.Context, key string, data []byte) error
	// List lists the blobs whose keys begin with prefix, in no particular order. An empty prefix lists all. A blob
	// that is put or deleted during the listing may or may not be listed. An error ends the list.
	List(ctx context.Context, prefix string) iter.Seq2[Info, error]
	// Delete removes the blob of the key. It returns nil if there is none.
	Delete(ctx context.Context, key string) error
}

// Info describes a blob.
type Info struct {
	Key      string
	Size     int64 // bytes
	Modified time.Time
}

var (
	keyForm    = lazyregexp.New(`^[a-z0-9][a-z0-9-]{0,127}(\.[a-z0-9]{1,8})?$`)
	prefixForm = lazyregexp.New(`^([a-z0-9][a-z0-9-]{0,127}(\.[a-z0-9]{0,8})?)?$`)
)

// CheckKey returns ErrKey for a key that does not have the form that Store describes.
func CheckKey(key string) error {
	if !keyForm().MatchString(key) {
		return fmt.Errorf("%w: %.200q", ErrKey, key)
	}
	return nil
}

// CheckPrefix returns ErrKey for a prefix that no key can have.
func CheckPrefix(prefix string) error {
	if !prefixForm().MatchString(prefix) {
		return fmt.Errorf("%w: prefix %.200q", ErrKey, prefix)
	}
	return nil
}
