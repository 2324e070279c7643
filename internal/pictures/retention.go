package pictures

import (
	"context"
	"errors"
	"strings"
	"time"

	"newsroom.example/cards/internal/blob"
	"newsroom.example/cards/render"
)

// Beginnings of the keys of stored cards: of all, and of those that this renderer drew.
const (
	drawn   = "card-"
	current = drawn + "v" + render.Version + "-"
)

// RemoveOld removes the cards that another version of the renderer drew and that were last asked for before the
// time: this version never asks for them. It returns how many it removed.
func RemoveOld(ctx context.Context, cards blob.Store, before time.Time) (removed int, err error) {
	var failed error
	for info, err := range cards.List(ctx, drawn) {
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
