package pictures

import (
	"context"
	"errors"
	"strings"
	"time"

	"newsroom.example/cards/internal/blob"
	"newsroom.example/cards/render"
)

// KeyPrefix begins the keys of all stored pictures.
const KeyPrefix = "card-"

// marked begins those that have a mark (see mark). Earlier releases stored pictures without one.
const marked = KeyPrefix + "2v"

// current begins those that this version of the renderer drew.
const current = marked + render.Version + "-"

// RemoveOld removes the pictures that were drawn by another version of the renderer and last requested before the
// given time. This version never reads them. It returns the number of removed pictures, and the last error: a
// picture that cannot be removed does not stop it.
func RemoveOld(ctx context.Context, cards blob.Store, before time.Time) (removed int, err error) {
	var failed error
	for info, err := range cards.List(ctx, KeyPrefix) {
		if err != nil {
			return removed, errors.Join(failed, err)
		}
		if strings.HasPrefix(info.Key, current) || !info.Modified.Before(before) {
			continue
		}
		if err := cards.Delete(ctx, info.Key); err != nil {
			failed = err
			continue
		}
		removed++
	}
	return removed, failed
}
