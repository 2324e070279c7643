package photo

import (
	"errors"
	"fmt"

	"newsroom.example/cards/internal/exif"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/pngfile"
)

// maxDeflated is the most bytes that a byte of deflate expands to: 258 for two bits (RFC 1951).
const maxDeflated = 1032

// inspectPNG reads the header of a PNG, and finds its chunks.
func (info *Info) inspectPNG(data []byte) error {
	h, err := pngfile.ReadHead(data)
	if err != nil {
		return ofPNG(err)
	}
	if err := checkSize(h.Size.X, h.Size.Y); err != nil {
		return err
	}
	p, err := pngfile.Open(data)
	cut := errors.Is(err, pngfile.ErrShort) || err == nil && p.Cut()
	if err := plausible(int64(len(data)), h.RawBytes()/maxDeflated, cut); err != nil {
		return err
	}
	if err != nil {
		return ofPNG(err)
	}
	info.Width, info.Height, info.partial, info.cut = h.Size.X, h.Size.Y, p, cut
	info.Orientation = exif.Orientation(exifOf(data, "png"))
	info.DecodeBytes = info.partialCost(info.leastPartial(DefaultDecodeBytes, false), false)
	return nil
}

// ofPNG returns an error of the package pngfile as one of this package.
func ofPNG(err error) error {
	if errors.Is(err, pngfile.ErrShort) {
		return fmt.Errorf("%w: %w", fault.ErrSourceIncomplete, err)
	}
	return fmt.Errorf("%w: %w", ErrInvalid, err)
}
