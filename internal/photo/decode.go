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

	"newsroom.example/cards/internal/icc"
	"newsroom.example/cards/internal/jpeg"
)

// DefaultDecodeBytes is the memory that decoding may take in one process at a time.
const DefaultDecodeBytes = 256 << 20

// Decoder decodes photos within a bound of memory. It is safe for concurrent use.
type Decoder struct {
	// Spare lends an idle processor, with which a large JPEG is decoded sooner, or gives nil; it is
	// set before the first photo. nil: there is never one.
	Spare func() (giveBack func())

	memory   *semaphore.Weighted
	max      int64
	jpegs    sync.Pool // of *jpeg.Decoder
	seen     *seen
	profiles *icc.Cache
}

// NewDecoder admits photos whose decoding takes at most maxBytes in all at a time.
func NewDecoder(maxBytes int64) *Decoder {
	return &Decoder{
		memory: semaphore.NewWeighted(maxBytes), max: maxBytes, seen: newSeen(), profiles: icc.NewCache(),
		jpegs: sync.Pool{New: func() any { return new(jpeg.Decoder) }},
	}
}

// Decode opens the photo and hands it to use; neither it nor its pictures must be kept after use
// returns. Where the photo can be seen through, it lies over paper. Errors are of the package's kinds, the context's, or what use returns.
func (d *Decoder) Decode(ctx context.Context, data []byte, paper color.Color, use func(p *Photo) error) error {
	info, err := Inspect(data)
	if err != nil {
		return err
	}
	return d.Open(ctx, data, info, paper, use)
}

// Open is Decode for who has what Inspect says of the same bytes.
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

// admit waits until the memory is there.
func (d *Decoder) admit(ctx context.Context, n int64) error {
	if n > d.max {
		return fmt.Errorf("decoding takes %d bytes: %w", n, ErrTooLarge)
	}
	if err := d.memory.Acquire(ctx, n); err != nil {
		return fmt.Errorf("wait for memory: %w: %w", ErrOverloaded, err)
	}
	return nil
}

// decode runs the decoder, which trusts no length it reads, under recover all the same. cut says that
// the file is cut short, and the picture what is there of it; where nothing can be shown of such a file,
// the error is ErrIncomplete.
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
		return nil, true, fmt.Errorf("decode %s: %w: %w", format, ErrIncomplete, err)
	case err != nil:
		return nil, false, fmt.Errorf("decode %s: %w: %w", format, ErrInvalid, err)
	}
	return img, cut, nil
}

// trailer is how far from its end a whole file may have its end marker: cameras add a little.
const trailer = 4096

// decodeJPEG decodes a JPEG. One that ends too early, as an interrupted transfer leaves it, is
// used as far as it goes, and called cut unless only its end marker is missing.
func decodeJPEG(f *file) (img image.Image, cut bool, err error) {
	img, err = stdjpeg.Decode(f)
	if err == nil || ends(f.data) {
		return img, false, err
	}
	return completeJPEG(f.data, err)
}

// ends reports a JPEG that has its end.
func ends(data []byte) bool {
	return bytes.LastIndex(data[max(0, len(data)-trailer):], []byte{0xff, markerEOI}) >= 0
}
