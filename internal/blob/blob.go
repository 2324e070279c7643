// Package blob stores encoded pictures by key: drawn cards, and the photos that they were drawn from.
//
// A [Disk] stores them in a folder until they are deleted, and a [Memory] for as long as there is room. A
// [Cache] is both, for what can be made again: a Memory in front of a Disk that it keeps within a budget.
// Package blobtest holds every implementation to [Store].
package blob

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"regexp"
	"time"

	"newsroom.example/cards/internal/fault"
)

// ErrNotFound says that no blob has the key, or none whose bytes are whole.
var ErrNotFound = errors.New("blob not found")

// ErrKey says that a key or a prefix has not the form that Store describes.
var ErrKey = errors.New("invalid key of a blob")

// ErrUnavailable says that a blob cannot be stored now: the disk is full or cannot be written.
var ErrUnavailable = fault.Public(fault.Unavailable,
	"pictures cannot be stored", "the photo cannot be stored now; try again shortly")

// errUnreadable says that blobs cannot be read now.
var errUnreadable = fault.New(fault.Unavailable, "pictures cannot be read")

// Store stores blobs by key. A key is 1 to 128 of a-z, 0-9 and '-', which it does not begin with, and may end
// with a '.' and 1 to 8 of a-z and 0-9. Another one is refused with ErrKey, so that no key is ever a path.
//
// Get never returns bytes other than those of one Put: a damaged blob is ErrNotFound. Of Puts of
// one key that overlap, one stays whole. Every method returns the context's error once that is done; what else
// fails is of kind fault.Unavailable. Implementations are safe for concurrent use.
type Store interface {
	// Get is the blob of the key, or ErrNotFound. The bytes are shared: the caller must not change them.
	Get(ctx context.Context, key string) ([]byte, error)
	// Put stores the blob, in place of an earlier one of the key; it may be empty. The caller must not change
	// the bytes afterwards.
	Put(ctx context.Context, key string, data []byte) error
	// List lists the blobs whose keys begin with prefix, all of them where it is empty, in no order. A blob
	// that is put or deleted meanwhile may be listed or not. After an error comes nothing more.
	List(ctx context.Context, prefix string) iter.Seq2[Info, error]
	// Delete removes the blob of the key. It is no error that there is none.
	Delete(ctx context.Context, key string) error
}

// Info describes a blob.
type Info struct {
	Key      string
	Size     int64 // bytes of the blob
	Modified time.Time
}

var (
	keyForm    = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,127}(\.[a-z0-9]{1,8})?$`)
	prefixForm = regexp.MustCompile(`^([a-z0-9][a-z0-9-]{0,127}(\.[a-z0-9]{0,8})?)?$`)
)

func checkKey(key string) error {
	if !keyForm.MatchString(key) {
		return fmt.Errorf("%w: %.200q", ErrKey, key)
	}
	return nil
}

func checkPrefix(prefix string) error {
	if !prefixForm.MatchString(prefix) {
		return fmt.Errorf("%w: prefix %.200q", ErrKey, prefix)
	}
	return nil
}
