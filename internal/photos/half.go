package photos

import (
	"context"
	"errors"
	"fmt"

	"newsroom.example/cards/internal/photo"
)

// whole returns photo.ErrIncomplete for a photo whose end is missing. Only one whose file does not end
// as it should is decoded for that; whether it is damaged otherwise, its cards tell.
func (l *Library) whole(ctx context.Context, o *original) error {
	if o.cut {
		return fmt.Errorf("the transfer broke off: %w", photo.ErrIncomplete)
	}
	if !o.info.MayBeCut(o.data) {
		return nil
	}
	err := l.try(ctx, o)
	if errors.Is(err, photo.ErrIncomplete) || errors.Is(err, photo.ErrOverloaded) {
		return err
	}
	return nil
}

// complete is the error of having drawn from what a URL gave: err, or photo.ErrIncomplete where its end
// is missing. cut says that decoding found that.
func (l *Library) complete(url string, o *original, cut bool, err error) error {
	switch {
	case errors.Is(err, photo.ErrIncomplete):
	case err == nil && (cut || o.cut):
		err = fmt.Errorf("a part of the photo is missing: %w", photo.ErrIncomplete)
	case errors.Is(err, photo.ErrInvalid) && o.cut:
		err = fmt.Errorf("%w: %w", photo.ErrIncomplete, err)
	default:
		return err
	}
	l.sources.cut(url, l.recent.keyOf(o))
	return err
}
