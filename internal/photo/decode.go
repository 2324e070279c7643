package photo

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	stdjpeg "image/jpeg"
	"sync"

	"golang.org/x/sync/semaphore"

	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/icc"
	"newsroom.example/cards/internal/jpeg"
)

// DefaultDecodeBytes is the memory that decoding may take in one process at a time.
const DefaultDecodeBytes = 256 << 20

// Decoder decodes photos within a bound of memory. It is safe for concurrent use.
type Decoder struct {
	// Spare lends an idle processor, with which a large JPEG is decoded sooner, or returns nil. It must be set
	// before the first photo. nil: there is never one.
	Spare func() (giveBack func())

	memory   *semaphore.Weighted
	max      int64
	jpegs    sync.Pool // of *jpeg.Decoder
	seen     *seen
	profiles *icc.Cache
}

// NewDecoder returns a decoder of photos that take at most maxBytes in all at a time.
func NewDecoder(maxBytes int64) *Decoder {
	return &Decoder{
		memory: semaphore.NewWeighted(maxBytes), max: maxBytes, seen: newSeen(), profiles: icc.NewCache(),
		jpegs: sync.Pool{New: func() any { return new(jpeg.Decoder) }},
	}
}

// Decode opens a photo and calls use with it; neither the photo nor its pictures must be used after that
// returns. Where the photo is transparent, it is drawn over paper. Errors are the package's, the context's, or
// what use returns.
func (d *Decoder) Decode(ctx context.Context, data []byte, paper color.Color, use func(p *Photo) error) error {
	info, err := Inspect(data)
	if err != nil {
		return err
	}
	return d.Open(ctx, data, info, paper, use)
}

// Open is Decode with the Info that Inspect returned for the same bytes.
func (d *Decoder) Open(ctx context.Context, data []byte, info Info, paper color.Color, use func(p *Photo) error) error {
	p := &Photo{
		ctx: ctx, decoder: d, data: data, info: info, size: image.Pt(info.Width, info.Height),
		profile: info.profile(data, d.profiles), paper: paper,
	}
	defer p.release()
	if !p.inParts() {
		if err := p.openWhole(); err != nil {
			return err
		}
	}
	return use(p)
}

// admit waits until there are n bytes of memory.
func (d *Decoder) admit(ctx context.Context, n int64) error {
	if n > d.max {
		return fmt.Errorf("decoding takes %d bytes: %w", n, fault.ErrImageTooLarge)
	}
	if err := d.memory.Acquire(ctx, n); err != nil {
		return fmt.Errorf("wait for memory: %w: %w", fault.ErrPhotoOverloaded, err)
	}
	return nil
}

// decode runs the decoder of the format, which trusts no length it reads, under recover all the same. cut
// reports a file that is cut short, of which img is what is there; where that cannot be shown, the error is
// fault.ErrSourceIncomplete.
func decode(data []byte, format string) (img image.Image, cut bool, err error) {
	defer func() {
		if r := recover(); r != nil {
			img, err = nil, fmt.Errorf("decode %s: %v: %w", format, r, ErrInvalid)
		}
	}()
	file := &file{data: data}
	switch format {
	case "jpeg":
		img, cut, err = decodeJPEG(file)
	case "gif":
		img, err = gif.Decode(file) // the first frame only
	case "webp":
		img, err = decodeWebP(file)
		cut = shortWebP(data)
	default:
		img, _, err = image.Decode(file)
	}
	switch {
	case err != nil && (cut || file.ended):
		return nil, true, fmt.Errorf("decode %s: %w: %w", format, fault.ErrSourceIncomplete, err)
	case err != nil:
		return nil, false, fmt.Errorf("decode %s: %w: %w", format, ErrInvalid, err)
	}
	return img, cut, nil
}

// trailer is how many bytes a whole file may have after its end marker: cameras add a few.
const trailer = 4096

// decodeJPEG decodes a JPEG. One that ends too early, as an interrupted transfer leaves it, is used as far as
// it goes, and reported as cut unless only its end marker is missing.
func decodeJPEG(f *file) (img image.Image, cut bool, err error) {
	img, err = stdjpeg.Decode(f)
	if err == nil || ends(f.data) {
		return img, false, err
	}
	return completeJPEG(f.data, err)
}

// ends reports a JPEG that has its end marker.
func ends(data []byte) bool {
	return bytes.LastIndex(data[max(0, len(data)-trailer):], []byte{0xff, markerEOI}) >= 0
}
