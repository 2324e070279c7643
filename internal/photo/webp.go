package photo

import (
	"errors"
	"fmt"

	"newsroom.example/cards/internal/exif"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/webp"
)

// inspectWebP reads the header of a WebP, of an animation that of the first frame.
func (info *Info) inspectWebP(data []byte) error {
	p, err := webp.Open(data)
	switch {
	case errors.Is(err, webp.ErrIncomplete):
		return fmt.Errorf("header: %w: %w", fault.ErrSourceIncomplete, err)
	case err != nil:
		return fmt.Errorf("header: %w: %w", ErrInvalid, err)
	}
	size := p.Size()
	if err := checkSize(size.X, size.Y); err != nil {
		return err
	}
	if there, said := p.Share(); p.Truncated() {
		if err := plausible(there, said, true); err != nil {
			return err
		}
	}
	info.partial, info.cut, info.Width, info.Height = p, p.Truncated(), size.X, size.Y
	info.Orientation = exif.Orientation(exifOf(data, info.Format))
	info.DecodeBytes = info.partialCost(info.leastPartial(DefaultDecodeBytes, false), false)
	return nil
}
