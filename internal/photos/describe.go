package photos

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"newsroom.example/cards/internal/blob"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/lazyregexp"
)

// ErrUnknown says that no photo with the ID is stored.
var ErrUnknown = fault.New(fault.NotFound, "no such photo is stored")

// ErrDamaged says that the file of a stored photo is damaged. Its file was put aside. The photo is stored anew when it
// is uploaded again, or when an article with it is registered or refreshed and its source sends it.
var ErrDamaged = fault.Public(fault.ImageInvalid, "the stored photo is damaged",
	"the stored photo is damaged; to store it anew, upload it again, or register or refresh its article")

var idForm = lazyregexp.New(`^[0-9a-f]{32}$`)

// ParseID returns the ID of a stored photo from "upload:<hash>" or the hash alone. ok is false for other texts.
func ParseID(text string) (id string, ok bool) {
	hash := strings.TrimPrefix(text, prefix)
	return prefix + hash, idForm().MatchString(hash)
}

// Describe returns a stored photo and the size of its file in bytes. Errors: ErrUnknown, ErrWithdrawn, ErrDamaged, and
// those of the blob store.
func (s *Store) Describe(ctx context.Context, id string) (p Photo, bytes int, err error) {
	o, err := s.readStored(ctx, id)
	if errors.Is(err, blob.ErrNotFound) && !errors.Is(err, ErrDamaged) {
		return Photo{}, 0, fmt.Errorf("%s: %w", id, ErrUnknown)
	}
	if err != nil {
		return Photo{}, 0, err
	}
	return o.describe(), len(o.data), nil
}
