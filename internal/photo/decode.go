package photo

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"sync"

	"golang.org/x/sync/semaphore"

	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/icc"
	"newsroom.example/cards/internal/jpeg"
)

// DefaultDecodeBytes is the default limit of memory for all decoding in a process, in bytes.
const DefaultDecodeBytes = 256 << 20

// Decoder decodes photos within a limit of memory. It is safe for concurrent use.
type Decoder struct {
	// Spare, if not nil, reserves an idle processor, with which a large JPEG is decoded faster, and returns the
	// function that releases it; it returns nil if none is idle. It must be set before the first photo.
	Spare func() (release func())

	memory   *semaphore.Weighted
	contents *contents
	max      int64
	jpegs    sync.Pool // of *jpeg.Decoder
	focuses  *focusCache
	profiles *icc.Cache
}

// NewDecoder returns a Decoder that uses at most maxBytes of memory at a time for all photos.
func NewDecoder(maxBytes int64) *Decoder {
	memory := semaphore.NewWeighted(maxBytes)
	return &Decoder{
		memory: memory, contents: newContents(memory), max: maxBytes, focuses: newFocusCache(), profiles: icc.NewCache(),
		jpegs: sync.Pool{New: func() any { return new(jpeg.Decoder) }},
	}
}

// Decode opens a photo and calls use with it. The photo and its pictures are valid until use returns. Transparent
// parts are composited over paper. If the file turns out to be damaged, so that the photo has fewer rows, use gets an
// error, and is called a second time. Errors: those of the package, of ctx, and of use.
func (d *Decoder) Decode(ctx context.Context, data []byte, paper color.Color, use func(p *Photo) error) error {
	info, err := Inspect(data)
	if err != nil {
		return err
	}
	return d.Open(ctx, data, info, paper, use)
}

// Open is like Decode, with the Info that Inspect has returned for the same bytes.
func (d *Decoder) Open(ctx context.Context, data []byte, info Info, paper color.Color, use func(p *Photo) error) error {
	p := &Photo{
		ctx: ctx, decoder: d, data: data, info: info, size: image.Pt(info.Width, info.Height),
		profile: info.profile(data, d.profiles), paper: paper, partial: info.partial,
	}
	defer p.close()
	if err := p.open(); err != nil {
		return err
	}
	return p.used(use)
}

// used calls use with the photo; twice if the photo turned out to be shorter meanwhile.
func (p *Photo) used(use func(p *Photo) error) error {
	if err := use(p); !p.shorter {
		return err
	}
	return use(p)
}

// spare reserves an idle processor, if there is one. The caller must call release when the work is done.
func (d *Decoder) spare() (pair bool, release func()) {
	if d.Spare != nil {
		if release := d.Spare(); release != nil {
			return true, release
		}
	}
	return false, func() {}
}

// admit waits until n bytes of memory are free, and reserves them.
func (d *Decoder) admit(ctx context.Context, n int64) error {
	if n > d.max {
		return fmt.Errorf("decoding takes %d bytes: %w", n, fault.ErrImageTooLarge)
	}
	if err := d.contents.acquire(ctx, n); err != nil {
		return fmt.Errorf("wait for memory: %w: %w", fault.ErrPhotoOverloaded, err)
	}
	return nil
}

// decode calls the decoder of the format, and turns a panic into an error. cut says that the file is cut short, and
// that img is the part that exists. If no part can be shown, the error is fault.ErrSourceIncomplete.
func decode(data []byte, format string) (img image.Image, cut bool, err error) {
	defer func() {
		if r := recover(); r != nil {
			img, err = nil, fmt.Errorf("decode %s: %v: %w", format, r, ErrInvalid)
		}
	}()
	file := &file{data: data}
	img, cut, err = decodeGIF(file)
	switch {
	case err != nil && (cut || file.ended):
		return nil, true, fmt.Errorf("decode %s: %w: %w", format, fault.ErrSourceIncomplete, err)
	case err != nil:
		return nil, false, fmt.Errorf("decode %s: %w: %w", format, ErrInvalid, err)
	case img.Bounds().Empty(): // the first frame of a GIF may have no pixels on a screen that has
		return nil, false, fmt.Errorf("decode %s: no pixels: %w", format, ErrInvalid)
	}
	return img, cut, nil
}

// trailer is the maximum number of bytes after the end marker of a complete file. Some cameras add a few.
const trailer = 4096

// ends reports whether a JPEG has its end marker.
func ends(data []byte) bool {
	return bytes.LastIndex(data[max(0, len(data)-trailer):], []byte{0xff, markerEOI}) >= 0
}
