package photos

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/jpeg"

	"golang.org/x/image/draw"

	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/photo"
)

// smallQuality is for a photo in which somebody chooses a point.
const smallQuality = 80

// ShowSmall returns the upright photo that ref names as a JPEG that is at most width pixels wide. Errors are those of
// Decode, except that the part that exists of an incomplete photo is shown.
func (s *Store) ShowSmall(ctx context.Context, ref string, width int) (data []byte, mediaType string, err error) {
	var out bytes.Buffer
	_, err = s.Decode(ctx, ref, color.White, func(p *photo.Photo) error {
		size := smallSize(p.Size(), width)
		img, at, err := p.Pixels(image.Rectangle{Max: p.Size()}, size)
		if err != nil {
			return err
		}
		small := image.NewRGBA(image.Rectangle{Max: size})
		draw.BiLinear.Scale(small, small.Rect, img, at, draw.Src, nil)
		return jpeg.Encode(&out, small, &jpeg.Options{Quality: smallQuality})
	})
	if err != nil && (out.Len() == 0 || fault.KindOf(err) != fault.SourceIncomplete) {
		return nil, "", err
	}
	return out.Bytes(), "image/jpeg", nil
}

// smallSize returns the size of a photo at a width, or its own if it is not wider.
func smallSize(size image.Point, width int) image.Point {
	if size.X <= width {
		return size
	}
	return image.Pt(width, max(1, (size.Y*width+size.X/2)/size.X))
}
