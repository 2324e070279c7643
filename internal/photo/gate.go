package photo

import (
	"bytes"
	"fmt"
	"image"
	_ "image/gif" // is registered for image.DecodeConfig
	"strings"

	"newsroom.example/cards/internal/exif"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/pngfile"
	"newsroom.example/cards/internal/webp"
)

// Limits of a photo.
const (
	maxSide   = 16_384     // pixels
	maxPixels = 50_000_000 // width times height
)

// Info is the content of a photo's header.
type Info struct {
	Format        string   // "jpeg", "png", "gif" or "webp"
	Width, Height int      // pixels, upright
	Orientation   int      // EXIF, 1 to 8
	DecodeBytes   int64    // estimated memory for decoding
	jpeg          jpegHead // of a JPEG; its slices share the photo's bytes
	partial       partial  // of a PNG or WebP
	cut           bool     // of a PNG or WebP: it lacks its end
}

// stored returns the photo's size before it is turned.
func (info Info) stored() image.Point {
	return turnedSize(image.Pt(info.Width, info.Height), info.Orientation)
}

// Inspect reads a photo's header, and rejects the photo if decoding would need too much memory or time. Errors:
// ErrUnsupported, ErrInvalid, fault.ErrImageTooLarge, and fault.ErrSourceIncomplete if the header is cut short. It
// never panics.
func Inspect(data []byte) (info Info, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("header: %v: %w", r, ErrInvalid)
		}
	}()
	info.Format = formatOf(data)
	switch info.Format {
	case "":
		return Info{}, unsupported(data)
	case "jpeg":
		err = info.inspectJPEG(data)
	case "png":
		err = info.inspectPNG(data)
	case "webp":
		err = info.inspectWebP(data)
	default:
		err = info.inspectOther(data)
	}
	if err != nil {
		return Info{}, err
	}
	if info.Orientation >= 5 {
		info.Width, info.Height = info.Height, info.Width
	}
	return info, nil
}

// inspectOther reads the header of a GIF.
func (info *Info) inspectOther(data []byte) error {
	head := &file{data: data}
	cfg, _, err := image.DecodeConfig(head)
	if err != nil && head.ended {
		return fmt.Errorf("header: %w: %w", fault.ErrSourceIncomplete, err)
	}
	if err != nil {
		return fmt.Errorf("header: %w: %w", ErrInvalid, err)
	}
	if err := checkSize(cfg.Width, cfg.Height); err != nil {
		return err
	}
	info.Width, info.Height = cfg.Width, cfg.Height
	info.Orientation = exif.Orientation(exifOf(data, info.Format))
	pixels := int64(cfg.Width) * int64(cfg.Height)
	if err := plausible(int64(len(data)), pixels/pixelsPerGIFByte, info.MayBeCut(data)); err != nil {
		return err
	}
	info.DecodeBytes = pixels * otherBytes
	if info.DecodeBytes > DefaultDecodeBytes {
		return tooLarge("the photo has %s megapixels; at most %s of this format are taken",
			mega(pixels), mega(DefaultDecodeBytes/otherBytes))
	}
	return nil
}

// checkSize rejects a picture without pixels, or with too many.
func checkSize(width, height int) error {
	pixels := int64(width) * int64(height)
	switch {
	case pixels <= 0:
		return fmt.Errorf("%dx%d: %w", width, height, ErrInvalid)
	case width > maxSide || height > maxSide:
		return tooLarge("the photo is %d pixels wide and %d high; at most %d a side are taken", width, height, maxSide)
	case pixels > maxPixels:
		return tooLarge("the photo has %s megapixels; at most %s are taken", mega(pixels), mega(maxPixels))
	}
	return nil
}

// tooLarge returns a fault.ErrImageTooLarge with a message for clients.
func tooLarge(format string, args ...any) error {
	return fmt.Errorf("%w: %w",
		&fault.Error{Kind: fault.ImageTooLarge, Message: fmt.Sprintf(format, args...)}, fault.ErrImageTooLarge)
}

// mega returns a number in millions, with a digit behind the point if it is not whole.
func mega(n int64) string {
	return strings.TrimSuffix(fmt.Sprintf("%.1f", float64(n)/1e6), ".0")
}

// Sniff checks the beginning of a photo whose rest has not arrived yet, and rejects it as Inspect would. done is true
// once the beginning contains the size, so that no further call is needed. It never panics.
func Sniff(data []byte) (done bool, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("header: %v: %w", r, ErrInvalid)
		}
	}()
	if formatOf(data) == "" {
		return true, unsupported(data)
	}
	switch formatOf(data) {
	case "jpeg":
		return sniffJPEG(data)
	case "png":
		h, err := pngfile.ReadHead(data)
		if err != nil {
			return false, nil
		}
		return true, checkSize(h.Size.X, h.Size.Y)
	case "webp":
		size, err := webp.Size(data)
		if err != nil {
			return false, nil
		}
		return true, checkSize(size.X, size.Y)
	}
	cfg, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return false, nil
	}
	return true, checkSize(cfg.Width, cfg.Height)
}

// otherBytes is the memory for decoding a pixel of a GIF, and for drawing it over paper.
const otherBytes = 4 + 4

// pixelsPerGIFByte is the most pixels that a byte of a GIF can be: the longest string of a table of 4,096, by a code of
// 12 bits.
const pixelsPerGIFByte = 2600
