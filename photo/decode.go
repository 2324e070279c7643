package photo

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/draw"
	"image/gif"
	"image/jpeg"

	"golang.org/x/sync/semaphore"
)

// DefaultDecodeBytes is the memory that decoding may take in one process at a time.
const DefaultDecodeBytes = 256 << 20

// Decoder decodes photos within a bound of memory. It is safe for concurrent use.
type Decoder struct {
	memory *semaphore.Weighted
	max    int64
}

// NewDecoder admits photos whose decoding takes at most maxBytes in all at a time.
func NewDecoder(maxBytes int64) *Decoder {
	return &Decoder{memory: semaphore.NewWeighted(maxBytes), max: maxBytes}
}

// Decode hands the photo, upright and opaque, to use; it must not be kept after use returns.
// The memory it takes is accounted for until then. Errors are of the package's kinds, the
// context's, or what use returns.
func (d *Decoder) Decode(ctx context.Context, data []byte, use func(upright image.Image) error) error {
	info, err := Inspect(data)
	if err != nil {
		return err
	}
	if info.DecodeBytes > d.max {
		return fmt.Errorf("decoding takes %d bytes: %w", info.DecodeBytes, ErrTooLarge)
	}
	if err := d.memory.Acquire(ctx, info.DecodeBytes); err != nil {
		return fmt.Errorf("wait for memory: %w: %w", ErrOverloaded, err)
	}
	defer d.memory.Release(info.DecodeBytes)
	img, err := decode(data, info.Format)
	if err != nil {
		return err
	}
	return use(upright(flat(img), info.Orientation))
}

// decode runs the decoder, which trusts no length it reads, under recover all the same.
func decode(data []byte, format string) (img image.Image, err error) {
	defer func() {
		if r := recover(); r != nil {
			img, err = nil, fmt.Errorf("decode %s: %v: %w", format, r, ErrInvalid)
		}
	}()
	switch format {
	case "jpeg":
		img, err = decodeJPEG(data)
	case "gif":
		img, err = gif.Decode(bytes.NewReader(data)) // the first frame only
	default:
		img, _, err = image.Decode(bytes.NewReader(data))
	}
	if err != nil {
		return nil, fmt.Errorf("decode %s: %w: %w", format, ErrInvalid, err)
	}
	return img, nil
}

// trailer is how far from its end a whole file may have its end marker: cameras add a little.
const trailer = 4096

// decodeJPEG decodes a JPEG. One that ends too early, as an interrupted transfer leaves it, is
// used as far as it goes.
func decodeJPEG(data []byte) (image.Image, error) {
	img, err := jpeg.Decode(bytes.NewReader(data))
	if err == nil || bytes.LastIndex(data, []byte{0xff, markerEOI}) >= len(data)-trailer {
		return img, err
	}
	return completeJPEG(data, err)
}

// flat lays a picture that may be seen through over white paper.
func flat(img image.Image) image.Image {
	switch m := img.(type) {
	case *image.YCbCr, *image.Gray:
		return img
	case interface{ Opaque() bool }:
		if rgba, ok := img.(*image.RGBA); ok && m.Opaque() {
			return rgba
		}
	}
	b := img.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(out, out.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(out, out.Rect, img, b.Min, draw.Over)
	return out
}
