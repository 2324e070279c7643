package photos

import (
	"context"
	"fmt"

	"newsroom.example/cards/internal/fault"
)

// whole returns fault.ErrSourceIncomplete for a photo whose end is missing. Only one whose file does not end
// as it should is decoded for that; whether it is damaged otherwise, its cards tell.
func (s *Store) whole(ctx context.Context, o *original) error {
	if o.cut {
		return fmt.Errorf("the transfer broke off: %w", fault.ErrSourceIncomplete)
	}
	if !o.info.MayBeCut(o.data) {
		return nil
	}
	err := s.try(ctx, o)
	switch fault.KindOf(err) {
	case fault.SourceIncomplete, fault.PhotoOverloaded:
		return err
	}
	return nil
}

// complete is the error of having drawn from what a URL gave: err, or fault.ErrSourceIncomplete where its end
// is missing. cut says that decoding found that.
func (s *Store) complete(url string, o *original, cut bool, err error) error {
	switch {
	case fault.KindOf(err) == fault.SourceIncomplete:
	case err == nil && (cut || o.cut):
		err = fmt.Errorf("a part of the photo is missing: %w", fault.ErrSourceIncomplete)
	case fault.KindOf(err) == fault.ImageInvalid && o.cut:
		err = fmt.Errorf("%w: %w", fault.ErrSourceIncomplete, err)
	default:
		return err
	}
	s.sources.cut(url, o.key)
	return err
}
