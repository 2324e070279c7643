package photos

import (
	"context"
	"fmt"

	"newsroom.example/cards/internal/fault"
)

// whole returns fault.ErrSourceIncomplete if the end of the photo is missing. It decodes the photo only if the file
// does not end properly. Other damage is found when a card is drawn.
func (s *Store) whole(ctx context.Context, o *loaded) error {
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

// complete returns the error of drawing a photo from a URL: err, or fault.ErrSourceIncomplete if its end is missing.
// cut says that the decoder found the end missing.
func (s *Store) complete(url string, o *loaded, cut bool, err error) error {
	switch {
	case fault.KindOf(err) == fault.SourceIncomplete:
	case err == nil && (cut || o.cut):
		err = fmt.Errorf("a part of the photo is missing: %w", fault.ErrSourceIncomplete)
	case fault.KindOf(err) == fault.ImageInvalid && o.cut:
		err = fmt.Errorf("%w: %w", fault.ErrSourceIncomplete, err)
	default:
		return err
	}
	s.sources.markCut(url, o.key)
	return err
}
